import { readTime, timeText } from '../../core/dates/time-of-day.ts';
import type { Field } from '../../core/message/form.ts';
import { readChoice, readChoices } from '../../core/parsing/read-choices.ts';
import { mentionedUser } from '../../core/parsing/resolve-member.ts';
import { mentionedRole, readFlag } from '../../core/parsing/split-value.ts';
import type { ReaderContext } from './inline-nodes.ts';

/** An option of a menu. */
export interface Option {
  value: string;
  label: string;
}

/** How a field is filled in without typing, and what is already picked. */
export type Picker =
  | { kind: 'menu'; options: readonly Option[]; chosen: readonly Option[]; several: boolean }
  /** The platform's own list. Its users include people who are not members yet. */
  | { kind: 'user' | 'channel' | 'role'; chosen: string | undefined }
  /** A name, with suggestions while it is being typed. */
  | { kind: 'name' }
  | { kind: 'number' }
  /** `chosen`: as `09:00`. */
  | { kind: 'time'; chosen: string | undefined };

/** What a platform can pick from. */
export interface PickerContext {
  reader: ReaderContext;
  /** The channel the form was asked for in. */
  channel: string;
  /** Match the platform's ids. A list that the platform does not have is left out. */
  ids: { user?: RegExp; channel?: RegExp; role?: RegExp };
  /** Of one menu. */
  maxOptions: number;
}

/** The picker of a field. @returns undefined if the value is typed, or if the picker could not show the present value. */
export function pickerOf(field: Field, context: PickerContext): Picker | undefined {
  const { value, options = [] } = field;
  const values = options.map((option) => option.value);
  switch (field.kind) {
    case 'choice':
      return menu(field, options, [readChoice(value, values)], context);
    case 'flag':
      return menu(field, YES_NO, [yesOrNo(value)], context);
    case 'choices': {
      const picker = menu(field, options, readChoices(value, values) ?? [], context);
      return picker && { ...picker, several: true };
    }
    case 'number':
      return /^-?\d{1,15}$|^$/.test(value) ? { kind: 'number' } : undefined;
    case 'time': {
      const minute = readTime(value);
      if (value !== '' && minute === undefined) return undefined;
      return { kind: 'time', chosen: minute === undefined ? undefined : timeText(minute) };
    }
    case 'partner':
    case 'person':
      return { kind: 'name' };
    case 'followup':
      return menu(field, options, [value], context) ?? { kind: 'name' };
    case 'member':
      return memberPicker(field, options, context);
    case 'channel':
      return channelPicker(field, context);
    case 'role':
      return listPicker('role', value, mentionedRole(value), context.ids.role);
    default:
      return undefined;
  }
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

function yesOrNo(value: string): string | undefined {
  const flag = readFlag(value);
  return flag === undefined ? undefined : flag ? 'yes' : 'no';
}

function menu(
  { value }: Field,
  options: readonly Option[],
  values: readonly (string | undefined)[],
  { maxOptions }: PickerContext,
): Extract<Picker, { kind: 'menu' }> | undefined {
  const chosen = options.filter((option) => values.includes(option.value));
  if (options.length === 0 || options.length > maxOptions) return undefined;
  if (value !== '' && chosen.length === 0) return undefined;
  return { kind: 'menu', options, chosen, several: false };
}

/** The platform's own list of users. If a member is only known on another platform: the members by name. */
function memberPicker(
  field: Field,
  options: readonly Option[],
  context: PickerContext,
): Picker | undefined {
  const { value } = field;
  const { reader, ids, maxOptions } = context;
  const userOf = (member: string) => reader.userOf(member.slice('#'.length));
  const mentioned = mentionedUser(value);
  const user = value.startsWith('#') ? userOf(value) : mentioned;
  if (ids.user && options.every((option) => userOf(option.value) !== undefined)) {
    return listPicker('user', value, user, ids.user);
  }
  if (options.length > maxOptions) return { kind: 'name' };
  const there = mentioned && options.find((option) => userOf(option.value) === mentioned)?.value;
  return menu(field, options, [there ?? value], context);
}

/** @param id the platform's id that the value stands for, if it stands for one. */
function listPicker(
  kind: 'user' | 'channel' | 'role',
  value: string,
  id: string | undefined,
  ids: RegExp | undefined,
): Picker | undefined {
  if (!ids) return undefined;
  const chosen = id !== undefined && ids.test(id) ? id : undefined;
  return value === '' || chosen !== undefined ? { kind, chosen } : undefined;
}

/** "here" is the channel the form was asked for in; in a direct message there is none, and one is to be chosen. */
function channelPicker({ value }: Field, { channel, ids }: PickerContext): Picker | undefined {
  const isHere = /^here$/i.test(value);
  if (isHere && !ids.channel?.test(channel)) {
    return listPicker('channel', '', undefined, ids.channel);
  }
  const named = /^<#([^<>|\s]+)(?:\|[^<>]*)?>$/.exec(value)?.[1];
  return listPicker('channel', value, isHere ? channel : named, ids.channel);
}

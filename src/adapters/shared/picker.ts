import type { Field } from '../../core/message/form.ts';
import { choiceIn, choicesIn } from '../../core/parsing/choices.ts';
import { mentionedUser } from '../../core/parsing/resolve-member.ts';
import { flagIn, roleIn } from '../../core/parsing/take-value.ts';
import type { ReaderContext } from './inline-nodes.ts';

/** One thing to pick. */
export interface Option {
  value: string;
  label: string;
}

/** How a field is filled in without typing, and what stands picked already. */
export type Picker =
  | { kind: 'menu'; options: readonly Option[]; chosen: readonly Option[]; several: boolean }
  /** The platform's own lists. Among its people those are found too who are not yet members. */
  | { kind: 'user' | 'channel' | 'role'; chosen: string | undefined }
  /** A name that is found while it is being typed. */
  | { kind: 'name' }
  | { kind: 'number' };

/** What a platform can pick from. */
export interface Picking {
  reader: ReaderContext;
  /** The channel the form was asked for in. */
  channel: string;
  /** What the platform's ids look like; those of what cannot be picked there are left out. */
  ids: { user?: RegExp; channel?: RegExp; role?: RegExp };
  /** Options of one menu. */
  most: number;
}

/** The picker of a field. @returns undefined where words are typed: also for a value that its picker cannot show. */
export function pickerOf(field: Field, picking: Picking): Picker | undefined {
  const { value, options = [] } = field;
  const values = options.map((option) => option.value);
  switch (field.kind) {
    case 'choice':
      return menu(field, options, [choiceIn(value, values)], picking);
    case 'flag':
      return menu(field, YES_NO, [yesOrNo(value)], picking);
    case 'choices': {
      const picker = menu(field, options, choicesIn(value, values) ?? [], picking);
      return picker && { ...picker, several: true };
    }
    case 'number':
      return /^-?\d{1,15}$|^$/.test(value) ? { kind: 'number' } : undefined;
    case 'partner':
      return { kind: 'name' };
    case 'member':
      return memberPicker(field, options, picking);
    case 'channel':
      return channelPicker(field, picking);
    case 'role':
      return listPicker('role', value, roleIn(value), picking.ids.role);
    default:
      return undefined;
  }
}

/** The value as people read it: one that is carried by its reference is shown by its name. */
export function labelled({ value, options }: Field): string {
  return options?.find((option) => option.value === value)?.label ?? value;
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

function yesOrNo(value: string): string | undefined {
  const flag = flagIn(value);
  return flag === undefined ? undefined : flag ? 'yes' : 'no';
}

function menu(
  { value }: Field,
  options: readonly Option[],
  values: readonly (string | undefined)[],
  { most }: Picking,
): Extract<Picker, { kind: 'menu' }> | undefined {
  const chosen = options.filter((option) => values.includes(option.value));
  if (options.length === 0 || options.length > most) return undefined;
  if (value !== '' && chosen.length === 0) return undefined;
  return { kind: 'menu', options, chosen, several: false };
}

/** Where a member is only known on another platform, the members by name. */
function memberPicker(
  field: Field,
  options: readonly Option[],
  picking: Picking,
): Picker | undefined {
  const { value } = field;
  const { reader, ids, most } = picking;
  const userOf = (member: string) => reader.userOf(member.slice('#'.length));
  const mentioned = mentionedUser(value);
  const user = value.startsWith('#') ? userOf(value) : mentioned;
  if (ids.user && options.every((option) => userOf(option.value) !== undefined)) {
    return listPicker('user', value, user, ids.user);
  }
  if (options.length > most) return { kind: 'name' };
  const there = mentioned && options.find((option) => userOf(option.value) === mentioned)?.value;
  return menu(field, options, [there ?? value], picking);
}

/** @param id what the value names, if it names one of the platform's. */
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

/** In a direct message "here" is no channel: there one is yet to be chosen. */
function channelPicker({ value }: Field, { channel, ids }: Picking): Picker | undefined {
  const isHere = /^here$/i.test(value);
  if (isHere && !ids.channel?.test(channel)) {
    return listPicker('channel', '', undefined, ids.channel);
  }
  const named = /^<#([^<>|\s]+)(?:\|[^<>]*)?>$/.exec(value)?.[1];
  return listPicker('channel', value, isHere ? channel : named, ids.channel);
}

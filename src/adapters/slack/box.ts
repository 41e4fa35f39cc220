import type { InputBlockElement, PlainTextOption } from '@slack/types';
import type { Field } from '../../core/form.ts';
import { choiceIn, choicesIn } from '../../core/reading/choices.ts';
import { flagIn } from '../../core/reading/take-value.ts';
import { shortened } from '../../core/shorten.ts';
import { LONGEST_INPUT, LONGEST_OPTION, LONGEST_PLACEHOLDER, MOST_OPTIONS } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { Reader } from './text.ts';
import { named } from './tokens.ts';

/** What a box is filled in with. */
export interface Filling {
  reader: Reader;
  /** The channel the form was asked for in. */
  channel: string;
}

/**
 * The element a field is filled in with. A value that its picker cannot show stands in a text box instead, so that
 * nothing typed is lost.
 */
export function boxOf(field: Field, id: string, filling: Filling): InputBlockElement {
  return pickerOf(field, id, filling) ?? textBox(field, id, filling.reader);
}

function pickerOf(
  field: Field,
  action_id: string,
  filling: Filling,
): InputBlockElement | undefined {
  const { value, options = [] } = field;
  const values = options.map((option) => option.value);
  switch (field.kind) {
    case 'choice':
      return menuBox(field, action_id, options, choiceIn(value, values));
    case 'flag':
      return menuBox(field, action_id, YES_NO, yesOrNo(value));
    case 'choices':
      return choicesBox(field, action_id, choicesIn(value, values));
    case 'number':
      return numberBox(field, action_id);
    case 'partner':
      return searchBox(field, action_id);
    case 'member':
      return memberBox(field, action_id, filling.reader);
    case 'channel':
      return channelBox(field, action_id, filling.channel);
    default:
      return undefined;
  }
}

function textBox(field: Field, action_id: string, reader: Reader): InputBlockElement {
  // Somebody without a name here stays as typed: the box comes back with what it shows.
  const shown = shortened(
    named(labelled(field), reader, (token) => token),
    LONGEST_INPUT,
  );
  return {
    type: 'plain_text_input',
    action_id,
    multiline: field.long || shown.includes('\n'),
    max_length: LONGEST_INPUT,
    ...(shown === '' ? {} : { initial_value: shown }),
  };
}

/** A value that is carried by its reference is shown by its name. */
function labelled({ value, options }: Field): string {
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

/** A menu, its choice made. */
function menuBox(
  { value }: Field,
  action_id: string,
  options: NonNullable<Field['options']>,
  chosen: string | undefined,
): InputBlockElement | undefined {
  const initial = options.find((option) => option.value === chosen);
  if (options.length === 0 || options.length > MOST_OPTIONS) return undefined;
  if (value !== '' && !initial) return undefined;
  return {
    type: 'static_select',
    action_id,
    options: options.map(optionOf),
    ...(initial ? { initial_option: optionOf(initial) } : {}),
  };
}

function choicesBox(
  { value, options = [] }: Field,
  action_id: string,
  chosen: readonly string[] | undefined,
): InputBlockElement | undefined {
  if (options.length === 0 || options.length > MOST_OPTIONS) return undefined;
  if (value !== '' && !chosen) return undefined;
  const initial = options.filter((option) => chosen?.includes(option.value)).map(optionOf);
  return {
    type: 'multi_static_select',
    action_id,
    options: options.map(optionOf),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
}

function numberBox({ value }: Field, action_id: string): InputBlockElement | undefined {
  if (!/^-?\d{1,15}$|^$/.test(value)) return undefined;
  const initial = value === '' ? {} : { initial_value: value };
  return { type: 'number_input', action_id, is_decimal_allowed: false, ...initial };
}

/**
 * Slack's own list of people, in which those who are not yet members are found too. Where a member is only known on
 * another platform, the members by name.
 */
function memberBox(field: Field, action_id: string, reader: Reader): InputBlockElement | undefined {
  const { value, options = [] } = field;
  const userOf = (member: string) => reader.userOf(member.slice('#'.length));
  const mentioned = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(value)?.[1];
  if (options.every((option) => userOf(option.value) !== undefined)) {
    const user = mentioned ?? (value.startsWith('#') ? userOf(value) : undefined);
    if (value !== '' && user === undefined) return undefined;
    return {
      type: 'users_select',
      action_id,
      ...(user === undefined ? {} : { initial_user: user }),
    };
  }
  if (options.length > MOST_OPTIONS) return searchBox(field, action_id);
  const there = mentioned && options.find((option) => userOf(option.value) === mentioned)?.value;
  return menuBox(field, action_id, options, there || value);
}

/** Finds names while one is being typed: see `suggestionsOf`. */
function searchBox(field: Field, action_id: string): InputBlockElement | undefined {
  const { value } = field;
  if (value.length > LONGEST_OPTION) return undefined;
  return {
    type: 'external_select',
    action_id,
    min_query_length: 1,
    placeholder: plainText('Start typing a name', LONGEST_PLACEHOLDER),
    ...(value === '' ? {} : { initial_option: optionOf({ value, label: labelled(field) }) }),
  };
}

function channelBox(
  { value }: Field,
  action_id: string,
  here: string,
): InputBlockElement | undefined {
  const channel = /^here$/i.test(value)
    ? here
    : /^<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(value)?.[1];
  if (value !== '' && !/^[CG]/.test(channel ?? '')) return undefined;
  return {
    type: 'conversations_select',
    action_id,
    filter: { include: ['public', 'private'] },
    ...(channel === undefined ? {} : { initial_conversation: channel }),
  };
}

/** An option as a menu takes it. */
export function optionOf({ value, label }: { value: string; label: string }): PlainTextOption {
  return { text: plainText(label, LONGEST_OPTION), value };
}

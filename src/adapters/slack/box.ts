import type { InputBlockElement, PlainTextOption } from '@slack/types';
import type { Field } from '../../core/form.ts';
import { choiceIn, choicesIn } from '../../core/reading/choices.ts';
import { flagIn } from '../../core/reading/take-value.ts';
import { LONGEST_INPUT, LONGEST_OPTION, LONGEST_PLACEHOLDER, MOST_OPTIONS } from './limits.ts';
import { plainText } from './plain-text.ts';
import { shortened } from './shorten.ts';
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
  const { value } = field;
  switch (field.kind) {
    case 'choice':
    case 'flag':
      return choiceBox(field, action_id);
    case 'choices':
      return choicesBox(field, action_id);
    case 'number': {
      if (!/^-?\d{1,15}$|^$/.test(value)) return undefined;
      const initial = value === '' ? {} : { initial_value: value };
      return { type: 'number_input', action_id, is_decimal_allowed: false, ...initial };
    }
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

function choiceBox({ kind, value, options = [] }: Field, action_id: string) {
  const choices = kind === 'flag' ? YES_NO : options;
  if (choices.length === 0 || choices.length > MOST_OPTIONS) return undefined;
  const flag = flagIn(value);
  const words = choices.map((choice) => choice.value);
  const chosen =
    kind === 'flag' ? flag !== undefined && (flag ? 'yes' : 'no') : choiceIn(value, words);
  const initial = choices.find((choice) => choice.value === chosen);
  if (value !== '' && !initial) return undefined;
  return {
    type: 'static_select',
    action_id,
    options: choices.map(optionOf),
    ...(initial ? { initial_option: optionOf(initial) } : {}),
  } as const;
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

function choicesBox({ value, options = [] }: Field, action_id: string) {
  const words = options.map((option) => option.value);
  const chosen = choicesIn(value, words);
  if (words.length === 0 || words.length > MOST_OPTIONS || (value !== '' && !chosen))
    return undefined;
  const initial = options.filter((option) => chosen?.includes(option.value)).map(optionOf);
  return {
    type: 'multi_static_select',
    action_id,
    options: options.map(optionOf),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  } as const;
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
  const initial = options.find(
    (option) => option.value === value || (mentioned && userOf(option.value) === mentioned),
  );
  if (value !== '' && !initial) return undefined;
  return {
    type: 'static_select',
    action_id,
    options: options.map(optionOf),
    ...(initial ? { initial_option: optionOf(initial) } : {}),
  };
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

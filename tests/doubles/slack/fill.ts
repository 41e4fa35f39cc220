import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { choicesOf } from './blocks.ts';
import { labelOf } from './visible-messages.ts';

/** What a user enters into one input: text, a day, an option's label, several labels, a user's id, the id of a file. */
export type InputValue = string | readonly string[];

const SINGLE_VALUE_KEYS: Record<string, string> = {
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
};
const MULTI_VALUE_KEYS: Record<string, string> = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};

/**
 * An element's state as payloads carry it. With `filled` undefined it has the app's preset value. `offered` are the
 * options of an external menu. Throws when a user could not enter the value.
 */
export function fillInput(
  element: Json,
  filled: InputValue | undefined,
  offered: Json[] = [],
): Json {
  const kind = textOf(element.type);
  const options = offered.length ? offered : choicesOf(element);
  if (filled === undefined) return { type: kind, ...preset(element, kind) };
  const one = typeof filled === 'string' ? filled : (filled[0] ?? '');
  const many = typeof filled === 'string' ? [filled] : filled;
  const picked = SINGLE_VALUE_KEYS[kind];
  if (picked) return { type: kind, [picked]: pickable(kind, one) || null };
  const several = MULTI_VALUE_KEYS[kind];
  if (several) return { type: kind, [several]: many };
  if (kind === 'file_input') return { type: kind, files: many.map((id) => ({ id })) };
  if (kind === 'checkboxes' || /^multi_/.test(kind))
    return { type: kind, selected_options: many.map((label) => chosen(options, label)) };
  if (/_select$|^radio_buttons$|^overflow$/.test(kind))
    return { type: kind, selected_option: one ? bare(chosen(options, one)) : null };
  return { type: kind, value: typed(element, one) };
}

/** https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element and time-picker-element */
const PICKED: Record<string, RegExp> = {
  datepicker: /^(\d{4}-\d\d-\d\d)?$/,
  timepicker: /^(\d\d:\d\d)?$/,
};

function pickable(kind: string, one: string): string {
  if (PICKED[kind]?.test(one) === false) throw new Error(`A ${kind} has no "${one}".`);
  return one;
}

function preset(element: Json, kind: string): Json {
  const picked = SINGLE_VALUE_KEYS[kind];
  if (picked) return { [picked]: element[picked.replace('selected', 'initial')] ?? null };
  const several = MULTI_VALUE_KEYS[kind];
  if (several) return { [several]: element[several.replace('selected', 'initial')] ?? [] };
  if (kind === 'file_input') return { files: [] };
  if (kind === 'checkboxes' || /^multi_/.test(kind))
    return { selected_options: listOf(element.initial_options).map(bare) };
  if (/_select$|^radio_buttons$/.test(kind))
    return {
      selected_option: element.initial_option ? bare(objectOf(element.initial_option)) : null,
    };
  return { value: element.initial_value ?? null };
}

function chosen(options: Json[], label: string): Json {
  const found = options.find((option) => labelOf(option) === label || option.value === label);
  const names = options.map(labelOf).join(', ');
  if (!found) throw new Error(`There is no option "${label}" among: ${names}`);
  return found;
}

const bare = ({ text, value }: Json): Json => ({ text, value });

function typed(element: Json, words: string): string | null {
  if (typeof element.max_length === 'number' && words.length > element.max_length)
    throw new Error(`Slack lets nobody type more than ${element.max_length} letters there.`);
  return words || null;
}

/** Whether an input is left empty. */
export function isEmpty(value: Json): boolean {
  const { type, ...rest } = value;
  return Object.values(rest).every(
    (one) => one === null || (Array.isArray(one) && one.length === 0),
  );
}

import type { InputBlockElement, PlainTextOption } from '@slack/types';
import { shortened } from '../../core/base/text.ts';
import type { Field } from '../../core/message/form.ts';
import { labelled, type Option, type Picker, pickerOf } from '../shared/picker.ts';
import { named } from './blocks/tokens.ts';
import { LONGEST_INPUT, LONGEST_OPTION, LONGEST_PLACEHOLDER, MOST_OPTIONS } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** What a box is filled in with. */
export interface Filling {
  reader: ReaderContext;
  /** The channel the form was asked for in. */
  channel: string;
}

const ids = { user: /^[UW][A-Z0-9]+$/, channel: /^[CG][A-Z0-9]+$/ };

/**
 * The element a field is filled in with. A value that its picker cannot show stands in a text box instead, so that
 * nothing typed is lost.
 */
export function boxOf(field: Field, id: string, filling: Filling): InputBlockElement {
  const picker = pickerOf(field, { ...filling, ids, most: MOST_OPTIONS });
  return (picker && pickerBox(picker, field, id)) ?? textBox(field, id, filling.reader);
}

function pickerBox(picker: Picker, field: Field, action_id: string): InputBlockElement | undefined {
  const { value } = field;
  switch (picker.kind) {
    case 'menu':
      return menuBox(picker, action_id);
    case 'number':
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: false,
        ...(value === '' ? {} : { initial_value: value }),
      };
    case 'name':
      return searchBox(field, action_id);
    case 'user':
      return {
        type: 'users_select',
        action_id,
        ...(picker.chosen === undefined ? {} : { initial_user: picker.chosen }),
      };
    case 'channel':
      return {
        type: 'conversations_select',
        action_id,
        filter: { include: ['public', 'private'] },
        ...(picker.chosen === undefined ? {} : { initial_conversation: picker.chosen }),
      };
    case 'role':
      return undefined;
  }
}

function textBox(field: Field, action_id: string, reader: ReaderContext): InputBlockElement {
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

function menuBox(picker: Extract<Picker, { kind: 'menu' }>, action_id: string): InputBlockElement {
  const options = picker.options.map(optionOf);
  const chosen = picker.chosen.map(optionOf);
  const [first] = chosen;
  if (!picker.several) {
    const initial = first ? { initial_option: first } : {};
    return { type: 'static_select', action_id, options, ...initial };
  }
  const initial = first ? { initial_options: chosen } : {};
  return { type: 'multi_static_select', action_id, options, ...initial };
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

/** An option as a menu takes it. */
export function optionOf({ value, label }: Option): PlainTextOption {
  return { text: plainText(label, LONGEST_OPTION), value };
}

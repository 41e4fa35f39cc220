import type { InputBlockElement, PlainTextOption } from '@slack/types';
import { truncate } from '../../../core/base/text.ts';
import type { Field } from '../../../core/message/form.ts';
import { fieldText, inputLength } from '../../shared/form.ts';
import { type Option, type Picker, pickerOf } from '../../shared/picker.ts';
import {
  MAX_INPUT_LENGTH,
  MAX_OPTION_LENGTH,
  MAX_OPTIONS,
  MAX_PLACEHOLDER_LENGTH,
} from './limits.ts';
import { withNames } from './mentions.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** Who fills in a field, and where. */
export interface FieldContext {
  reader: ReaderContext;
  /** The channel the form was asked for in. */
  channel: string;
}

const ids = { user: /^[UW][A-Z0-9]+$/, channel: /^[CG][A-Z0-9]+$/ };

/**
 * The element with which a field is filled in. If its picker cannot show the present value, it is a text input, so that
 * nothing typed is lost.
 */
export function fieldInput(given: Field, id: string, context: FieldContext): InputBlockElement {
  // Slack has no roles. The people in a channel take their place.
  const field: Field = given.kind === 'role' ? { ...given, kind: 'channel' } : given;
  const picker = pickerOf(field, { ...context, ids, maxOptions: MAX_OPTIONS });
  return (picker && pickerInput(picker, field, id)) ?? textInput(field, id, context.reader);
}

function pickerInput(
  picker: Picker,
  field: Field,
  action_id: string,
): InputBlockElement | undefined {
  const { value } = field;
  switch (picker.kind) {
    case 'menu':
      return menuInput(picker, action_id);
    case 'number':
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: false,
        ...(value === '' ? {} : { initial_value: value }),
      };
    case 'time':
      return {
        type: 'timepicker',
        action_id,
        ...(picker.chosen === undefined ? {} : { initial_time: picker.chosen }),
      };
    case 'name':
      return searchInput(field, action_id);
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

function textInput(field: Field, action_id: string, reader: ReaderContext): InputBlockElement {
  // A user whose name is not known stays a mention, because the input returns the text that it shows.
  const shown = truncate(
    withNames(fieldText(field), reader, (token) => token),
    MAX_INPUT_LENGTH,
  );
  return {
    type: 'plain_text_input',
    action_id,
    multiline: field.long || shown.includes('\n'),
    max_length: inputLength(field, shown, MAX_INPUT_LENGTH),
    ...(shown === '' ? {} : { initial_value: shown }),
  };
}

function menuInput(
  picker: Extract<Picker, { kind: 'menu' }>,
  action_id: string,
): InputBlockElement {
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

/** Suggests names while one is being typed (see autocomplete.ts). */
function searchInput(field: Field, action_id: string): InputBlockElement | undefined {
  const { value } = field;
  if (value.length > MAX_OPTION_LENGTH) return undefined;
  return {
    type: 'external_select',
    action_id,
    // All partners would be too many; the open follow-ups start with the user's own.
    min_query_length: field.kind === 'followup' ? 0 : 1,
    placeholder: plainText(
      field.kind === 'followup' ? 'Start typing its words' : 'Start typing a name',
      MAX_PLACEHOLDER_LENGTH,
    ),
    ...(value === '' ? {} : { initial_option: optionOf({ value, label: fieldText(field) }) }),
  };
}

/** An option of a menu. */
export function optionOf({ value, label }: Option): PlainTextOption {
  return { text: plainText(label, MAX_OPTION_LENGTH), value };
}

import {
  type APIComponentInLabel,
  type APIStringSelectComponent,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { truncate } from '../../../core/base/text.ts';
import type { Field } from '../../../core/message/form.ts';
import type { Place } from '../../../core/message/invocation.ts';
import { fieldText, inputLength } from '../../shared/form.ts';
import { type Picker, pickerOf } from '../../shared/picker.ts';
import { resolveMentions } from '../../shared/resolve-mentions.ts';
import { MAX_INPUT_LENGTH, MAX_OPTION_LENGTH, MAX_OPTIONS } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** Where a form is opened. */
export type FormPlace = Pick<Place, 'channel' | 'direct'>;

/** The kinds of channels that a digest can be posted to. */
export const channelTypes: (ChannelType.GuildText | ChannelType.GuildAnnouncement)[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
];

const SNOWFLAKE = /^\d{15,20}$/;
/** In a direct message, Discord has no users, channels and roles to pick from. */
const DIRECT_MESSAGE_IDS = {};
const SERVER_IDS = { user: SNOWFLAKE, channel: SNOWFLAKE, role: SNOWFLAKE };

/**
 * The component with which a field is filled in. If its picker cannot show the present value, it is a text input, so
 * that nothing typed is lost. A file's text that is too long for an input has to be attached again.
 */
export function fieldInput(
  field: Field,
  custom_id: string,
  reader: ReaderContext,
  { channel, direct }: FormPlace,
): APIComponentInLabel {
  const { kind, needed: required, value } = field;
  if (kind === 'file' && (value === '' || value.length > MAX_INPUT_LENGTH)) {
    return { type: ComponentType.FileUpload, custom_id, required, ...minValues(field) };
  }
  const ids = direct ? DIRECT_MESSAGE_IDS : SERVER_IDS;
  const picker = pickerOf(field, { reader, channel, ids, maxOptions: MAX_OPTIONS });
  return (picker && pickerInput(picker, field, custom_id)) ?? textInput(field, custom_id, reader);
}

/** @returns undefined if the value is typed in Discord. */
function pickerInput(
  picker: Picker,
  field: Field,
  custom_id: string,
): APIComponentInLabel | undefined {
  const base = { custom_id, required: field.needed, ...minValues(field) };
  switch (picker.kind) {
    case 'menu':
      return menuInput(picker, base);
    case 'user':
      return {
        type: ComponentType.UserSelect,
        ...base,
        ...defaultValues(picker.chosen, SelectMenuDefaultValueType.User),
      };
    case 'channel':
      return {
        type: ComponentType.ChannelSelect,
        ...base,
        channel_types: channelTypes,
        ...defaultValues(picker.chosen, SelectMenuDefaultValueType.Channel),
      };
    case 'role':
      return {
        type: ComponentType.RoleSelect,
        ...base,
        ...defaultValues(picker.chosen, SelectMenuDefaultValueType.Role),
      };
    default:
      return undefined;
  }
}

function minValues({ needed }: Field): { min_values: number } {
  return { min_values: needed ? 1 : 0 };
}

function defaultValues<T extends SelectMenuDefaultValueType>(id: string | undefined, type: T) {
  return id === undefined ? {} : { default_values: [{ id, type }] };
}

function menuInput(
  { options, chosen, several }: Extract<Picker, { kind: 'menu' }>,
  base: Pick<APIStringSelectComponent, 'custom_id' | 'required' | 'min_values'>,
): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    ...base,
    max_values: several ? options.length : 1,
    options: options.map((option) => ({
      label: plainText(option.label, MAX_OPTION_LENGTH),
      value: option.value,
      default: chosen.includes(option),
    })),
  };
}

function textInput(field: Field, custom_id: string, reader: ReaderContext): APIComponentInLabel {
  // A user whose name is not known stays a mention, because the input returns the text that it shows.
  const shown = truncate(
    resolveMentions(fieldText(field), reader, (token) => token),
    MAX_INPUT_LENGTH,
  );
  const isLong = field.long || shown.includes('\n');
  return {
    type: ComponentType.TextInput,
    custom_id,
    style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.needed,
    max_length: inputLength(field, shown, MAX_INPUT_LENGTH),
    ...(shown === '' ? {} : { value: shown }),
  };
}

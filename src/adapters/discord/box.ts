import {
  type APIComponentInLabel,
  type APIStringSelectComponent,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { shortened } from '../../core/base/text.ts';
import type { Field } from '../../core/message/form.ts';
import type { Place } from '../../core/message/invocation.ts';
import { labelled, type Picker, pickerOf } from '../shared/picker.ts';
import { resolveMentions } from '../shared/resolve-mentions.ts';
import { LONGEST_INPUT, LONGEST_OPTION, MOST_OPTIONS } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** Where a form is opened. */
export type From = Pick<Place, 'channel' | 'direct'>;

/** Where a digest can stand. */
export const channelTypes: (ChannelType.GuildText | ChannelType.GuildAnnouncement)[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
];

const SNOWFLAKE = /^\d{15,20}$/;
/** In a direct message there is nobody to pick, no channel and no role. */
const NO_LISTS = {};
const LISTS = { user: SNOWFLAKE, channel: SNOWFLAKE, role: SNOWFLAKE };

/**
 * What a field is filled in with. A value that its picker cannot show stands in a text box instead, so that nothing
 * typed is lost; of a text that is too long for that, the file can be given anew.
 */
export function boxOf(
  field: Field,
  custom_id: string,
  reader: ReaderContext,
  { channel, direct }: From,
): APIComponentInLabel {
  const { kind, needed: required, value } = field;
  if (kind === 'file' && (value === '' || value.length > LONGEST_INPUT)) {
    return { type: ComponentType.FileUpload, custom_id, required, ...atLeast(field) };
  }
  const ids = direct ? NO_LISTS : LISTS;
  const picker = pickerOf(field, { reader, channel, ids, most: MOST_OPTIONS });
  return (picker && pickerBox(picker, field, custom_id)) ?? textBox(field, custom_id, reader);
}

/** @returns undefined for what is typed in Discord. */
function pickerBox(
  picker: Picker,
  field: Field,
  custom_id: string,
): APIComponentInLabel | undefined {
  const box = { custom_id, required: field.needed, ...atLeast(field) };
  switch (picker.kind) {
    case 'menu':
      return menuBox(picker, box);
    case 'user':
      return {
        type: ComponentType.UserSelect,
        ...box,
        ...chosenOf(picker.chosen, SelectMenuDefaultValueType.User),
      };
    case 'channel':
      return {
        type: ComponentType.ChannelSelect,
        ...box,
        channel_types: channelTypes,
        ...chosenOf(picker.chosen, SelectMenuDefaultValueType.Channel),
      };
    case 'role':
      return {
        type: ComponentType.RoleSelect,
        ...box,
        ...chosenOf(picker.chosen, SelectMenuDefaultValueType.Role),
      };
    default:
      return undefined;
  }
}

function atLeast({ needed }: Field): { min_values: number } {
  return { min_values: needed ? 1 : 0 };
}

function chosenOf<T extends SelectMenuDefaultValueType>(id: string | undefined, type: T) {
  return id === undefined ? {} : { default_values: [{ id, type }] };
}

function menuBox(
  { options, chosen, several }: Extract<Picker, { kind: 'menu' }>,
  box: Pick<APIStringSelectComponent, 'custom_id' | 'required' | 'min_values'>,
): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    ...box,
    max_values: several ? options.length : 1,
    options: options.map((option) => ({
      label: plainText(option.label, LONGEST_OPTION),
      value: option.value,
      default: chosen.includes(option),
    })),
  };
}

function textBox(field: Field, custom_id: string, reader: ReaderContext): APIComponentInLabel {
  // Somebody without a name here stays as typed: the box comes back with what it shows.
  const shown = shortened(
    resolveMentions(labelled(field), reader, (token) => token),
    LONGEST_INPUT,
  );
  const isLong = field.long || shown.includes('\n');
  return {
    type: ComponentType.TextInput,
    custom_id,
    style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.needed,
    max_length: LONGEST_INPUT,
    ...(shown === '' ? {} : { value: shown }),
  };
}

import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
} from 'discord.js';
import { type Arg, choiceLabel, maxLengthOf } from '../../../core/command/args.ts';
import type { ArgKind } from '../../../core/message/form.ts';
import { channelTypes } from '../render/field-input.ts';
import { MAX_CHOICES, MAX_DESCRIPTION_LENGTH } from '../render/limits.ts';
import { plainText } from '../render/plain-text.ts';

/** An option of a slash command with its value. */
export interface FilledOption {
  name: string;
  type: ApplicationCommandOptionType;
  value?: string | number | boolean | undefined;
}

/**
 * An arg as an option.
 * @param isSuggested whether the command suggests values for it while it is typed.
 */
export function optionOf(
  name: string,
  arg: Arg,
  isSuggested = false,
): APIApplicationCommandBasicOption {
  return pickedOption(name, arg) ?? typedOption(name, arg, isSuggested);
}

/** @returns undefined if the value is typed. Args that can be cleared are typed, because lists do not have `none`. */
function pickedOption(name: string, arg: Arg): APIApplicationCommandBasicOption | undefined {
  const shared = { name, description: plainText(arg.summary, MAX_DESCRIPTION_LENGTH) };
  switch (arg.kind) {
    case 'channel':
      return { ...shared, type: ApplicationCommandOptionType.Channel, channel_types: channelTypes };
    case 'role':
      return { ...shared, type: ApplicationCommandOptionType.Role };
    case 'file':
      return { ...shared, type: ApplicationCommandOptionType.Attachment };
    case 'flag':
      return { ...shared, type: ApplicationCommandOptionType.Boolean };
    case 'member':
      return arg.clearable ? undefined : { ...shared, type: ApplicationCommandOptionType.User };
    case 'number': {
      const { min: min_value, max: max_value } = arg;
      const type = ApplicationCommandOptionType.Integer;
      return arg.clearable ? undefined : { ...shared, type, min_value, max_value };
    }
    default:
      return undefined;
  }
}

/** The kinds of args that have suggestions while they are typed. */
const AUTOCOMPLETED: ReadonlySet<ArgKind> = new Set([
  ...(['partner', 'person', 'member', 'followup', 'date', 'time', 'duration', 'zone'] as const),
  ...(['choice', 'choices'] as const),
]);

function typedOption(
  name: string,
  arg: Arg,
  isSuggested: boolean,
): APIApplicationCommandBasicOption {
  const type = ApplicationCommandOptionType.String;
  const shared = { name, description: descriptionOf(arg), type } as const;
  const choices = arg.kind === 'choice' ? choicesOf(arg) : [];
  if (choices.length > 0 && choices.length <= MAX_CHOICES) return { ...shared, choices };
  const max_length = maxLengthOf(arg);
  return {
    ...shared,
    ...(max_length === undefined ? {} : { max_length }),
    autocomplete: isSuggested || AUTOCOMPLETED.has(arg.kind),
  };
}

function descriptionOf({ summary, clearable }: Arg): string {
  // Some summaries say themselves what `none` does.
  const isSaid = /\bnone\b/.test(summary);
  const whole = clearable && !isSaid ? `${summary}; "none" takes it away` : summary;
  return whole.length > MAX_DESCRIPTION_LENGTH ? plainText(summary, MAX_DESCRIPTION_LENGTH) : whole;
}

function choicesOf({
  choices,
  labels,
  clearable,
}: Extract<Arg, { kind: 'choice' }>): APIApplicationCommandOptionChoice<string>[] {
  return [...choices, ...(clearable ? ['none'] : [])].map((value) => ({
    name: choiceLabel(value, labels),
    value,
  }));
}

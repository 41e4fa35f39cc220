import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
} from 'discord.js';
import type { Arg, ArgKind } from '../../core/args.ts';
import { channelTypes } from './box.ts';
import { LONGEST_DESCRIPTION, MOST_CHOICES } from './limits.ts';
import { plainText } from './plain-text.ts';

/** An option of a slash command as it was filled in. */
export interface FilledOption {
  name: string;
  type: ApplicationCommandOptionType;
  value?: string | number | boolean | undefined;
}

/** An arg as an option. None is required: Discord would not send the command, and its form could not open. */
export function optionOf(name: string, arg: Arg): APIApplicationCommandBasicOption {
  const shared = { name, description: plainText(described(arg), LONGEST_DESCRIPTION) };
  return pickedOption(arg, shared) ?? typedOption(arg, shared);
}

/** The raw value of an option: words as typed, people, channels and roles as tokens. @returns undefined for a file. */
export function rawOf({ type, value }: FilledOption): string | undefined {
  switch (type) {
    case ApplicationCommandOptionType.User:
      return `<@${value}>`;
    case ApplicationCommandOptionType.Channel:
      return `<#${value}>`;
    case ApplicationCommandOptionType.Role:
      return `<@&${value}>`;
    case ApplicationCommandOptionType.Boolean:
      return value ? 'yes' : 'no';
    case ApplicationCommandOptionType.Attachment:
      return undefined;
    default:
      return `${value ?? ''}`;
  }
}

function described({ summary, clearable }: Arg): string {
  const whole = clearable ? `${summary}; "none" takes it away` : summary;
  return whole.length > LONGEST_DESCRIPTION ? summary : whole;
}

interface Shared {
  name: string;
  description: string;
}

/** @returns undefined for what is typed: also what `none` takes away, since no list offers that. */
function pickedOption(arg: Arg, shared: Shared): APIApplicationCommandBasicOption | undefined {
  if (arg.clearable) return undefined;
  switch (arg.kind) {
    case 'number':
      return {
        ...shared,
        type: ApplicationCommandOptionType.Integer,
        min_value: arg.min,
        max_value: arg.max,
      };
    case 'flag':
      return { ...shared, type: ApplicationCommandOptionType.Boolean };
    case 'member':
      return { ...shared, type: ApplicationCommandOptionType.User };
    case 'channel':
      return { ...shared, type: ApplicationCommandOptionType.Channel, channel_types: channelTypes };
    case 'role':
      return { ...shared, type: ApplicationCommandOptionType.Role };
    case 'file':
      return { ...shared, type: ApplicationCommandOptionType.Attachment };
    default:
      return undefined;
  }
}

/** The kinds that are offered while they are typed. */
const OFFERED: readonly ArgKind[] = [
  ...(['partner', 'member', 'date', 'time', 'duration', 'choice', 'choices'] as const),
];

function typedOption(arg: Arg, shared: Shared): APIApplicationCommandBasicOption {
  const type = ApplicationCommandOptionType.String;
  const choices = arg.kind === 'choice' ? choicesOf(arg.choices, arg) : [];
  if (choices.length > 0 && choices.length <= MOST_CHOICES) return { ...shared, type, choices };
  return { ...shared, type, autocomplete: OFFERED.includes(arg.kind) };
}

function choicesOf(
  choices: readonly string[],
  { clearable }: Arg,
): APIApplicationCommandOptionChoice<string>[] {
  return [...choices, ...(clearable ? ['none'] : [])].map((value) => ({ name: value, value }));
}

import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
} from 'discord.js';
import type { Arg } from '../../../core/command/args.ts';
import type { ArgKind } from '../../../core/message/form.ts';
import { channelTypes } from '../box.ts';
import { LONGEST_DESCRIPTION, MOST_CHOICES } from '../limits.ts';
import { plainText } from '../plain-text.ts';

/** An option of a slash command as it was filled in. */
export interface FilledOption {
  name: string;
  type: ApplicationCommandOptionType;
  value?: string | number | boolean | undefined;
}

/** An arg as an option. None is required: Discord would not send the command, and its form could not open. */
export function optionOf(name: string, arg: Arg): APIApplicationCommandBasicOption {
  return pickedOption(name, arg) ?? typedOption(name, arg);
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

/** @returns undefined for what is typed: also for what `none` takes away, which no list of people or numbers offers. */
function pickedOption(name: string, arg: Arg): APIApplicationCommandBasicOption | undefined {
  const shared = { name, description: plainText(arg.summary, LONGEST_DESCRIPTION) };
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

/** The kinds that are offered while they are typed. */
const OFFERED: ReadonlySet<ArgKind> = new Set([
  ...(['partner', 'member', 'date', 'time', 'duration', 'choice', 'choices'] as const),
]);

function typedOption(name: string, arg: Arg): APIApplicationCommandBasicOption {
  const type = ApplicationCommandOptionType.String;
  const shared = { name, description: described(arg), type } as const;
  const choices = arg.kind === 'choice' ? choicesOf(arg.choices, arg) : [];
  if (choices.length > 0 && choices.length <= MOST_CHOICES) return { ...shared, choices };
  return { ...shared, autocomplete: OFFERED.has(arg.kind) };
}

function described({ summary, clearable }: Arg): string {
  const whole = clearable ? `${summary}; "none" takes it away` : summary;
  return whole.length > LONGEST_DESCRIPTION ? plainText(summary, LONGEST_DESCRIPTION) : whole;
}

function choicesOf(
  choices: readonly string[],
  { clearable }: Arg,
): APIApplicationCommandOptionChoice<string>[] {
  return [...choices, ...(clearable ? ['none'] : [])].map((value) => ({ name: value, value }));
}

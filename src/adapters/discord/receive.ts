import { ApplicationCommandOptionType as Option } from 'discord.js';
import type { z } from 'zod';
import type {
  Heard,
  HeardCommand,
  HeardPress,
  HeardQuery,
  HeardShortcut,
  HeardSubmission,
  Receipt,
} from './heard.ts';
import * as payloads from './payloads.ts';
import { peopleIn, personOf } from './servers/person.ts';
import { typedText } from './typed-text.ts';

/** What anything is answered by, however odd the rest of it is. @returns undefined where nothing can be answered. */
export function receiptOf(interaction: unknown): (Receipt & { type: number }) | undefined {
  const { data } = payloads.head.safeParse(interaction);
  if (!data) return undefined;
  const { id, token, type, guild_id: guild } = data;
  return { id, token, type, guild };
}

/** @returns undefined for what is not a slash command as Discord would send it. */
export function heardCommand(interaction: unknown): HeardCommand | undefined {
  const { data } = payloads.command.safeParse(interaction);
  const heard = data && heardOf(data, data.data.resolved);
  return heard && { ...heard, slash: slashIn(data.data) };
}

/** @returns undefined for what is not an option being typed as Discord would send it. */
export function heardQuery(interaction: unknown): HeardQuery | undefined {
  const { data } = payloads.query.safeParse(interaction);
  const heard = data && heardOf(data, data.data.resolved);
  if (!heard) return undefined;
  const { options, ...slash } = slashIn(data.data);
  const focused = options.find((option) => 'focused' in option && option.focused === true);
  return focused && { ...heard, slash, arg: focused.name, typed: `${focused.value ?? ''}` };
}

/** @returns undefined for what is not a press as Discord would send it. */
export function heardPress(interaction: unknown): HeardPress | undefined {
  const { data } = payloads.press.safeParse(interaction);
  const heard = data && heardOf(data, data.data.resolved);
  if (!heard) return undefined;
  const { custom_id: customId, values } = data.data;
  return {
    ...heard,
    on: { message: data.message.id },
    pressed: { customId, ...(values && { values }) },
  };
}

/** @returns undefined for what is not a submitted modal as Discord would send it. */
export function heardSubmission(interaction: unknown): HeardSubmission | undefined {
  const { data } = payloads.submission.safeParse(interaction);
  const heard = data && heardOf(data, data.data.resolved);
  if (!heard) return undefined;
  const { custom_id: customId, components } = data.data;
  const boxes = components.map(({ component }) =>
    component ? { component: boxOf(component) } : {},
  );
  return {
    ...heard,
    on: data.message && { message: data.message.id },
    isForm: true,
    modal: { customId, components: boxes },
  };
}

/** @returns undefined for what is not a message's command as Discord would send it. */
export function heardShortcut(interaction: unknown): HeardShortcut | undefined {
  const { data } = payloads.shortcut.safeParse(interaction);
  const heard = data && heardOf(data, data.data.resolved);
  const message = data?.data.resolved?.messages?.[data.data.target_id];
  if (!heard || !message) return undefined;
  const author = message.author && personOf(message.author);
  const named = heard.people.find(({ id }) => id === author?.id) ?? author;
  const at = `${heard.guild ?? '@me'}/${heard.channel}/${message.id}`;
  return {
    ...heard,
    name: data.data.name,
    message: {
      text: typedText(message.content),
      author: named?.name,
      // As Discord's "Copy Message Link" gives it.
      link: `https://discord.com/channels/${at}`,
    },
  };
}

function heardOf(data: payloads.Base, resolved: payloads.ResolvedData): Heard | undefined {
  const { id, token, guild_id: guild, member, channel_id: channel } = data;
  const user = member?.user ?? data.user;
  // On a server somebody is always a member of it.
  if (!user || (guild !== undefined && !member)) return undefined;
  return {
    key: `discord-${id}`,
    id,
    token,
    application: data.application_id,
    guild,
    user: user.id,
    channel,
    people: [personOf(user, member), ...peopleIn(resolved)],
    files: resolved?.attachments ?? {},
    on: undefined,
    isForm: false,
  };
}

/** Subcommands are options that have options. */
function slashIn({
  name,
  options,
}: z.output<typeof payloads.query>['data']): HeardCommand['slash'] {
  const [first] = options;
  const isSubcommand = first?.type === Option.Subcommand;
  const filled = isSubcommand ? (first.options ?? []) : options;
  return {
    name,
    subcommand: isSubcommand ? first.name : undefined,
    options: filled.map(({ options: _, value, ...option }) => ({
      ...option,
      ...(value === undefined
        ? {}
        : { value: typeof value === 'string' ? typedText(value) : value }),
    })),
  };
}

function boxOf({
  type,
  custom_id: customId,
  value,
  values,
}: {
  type: number;
  custom_id: string;
  value?: string | null | undefined;
  values?: string[] | undefined;
}) {
  const typed = value == null ? {} : { value: typedText(value) };
  return { type, customId, ...typed, ...(values && { values }) };
}

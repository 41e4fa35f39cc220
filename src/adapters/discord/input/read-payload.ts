import { MessageType, ApplicationCommandOptionType as Option } from 'discord.js';
import type { z } from 'zod';
import { addressedLine } from '../../shared/addressed-line.ts';
import type { FieldState } from '../render/form.ts';
import { discordUserOf, resolvedUsers } from './discord-user.ts';
import type {
  Autocomplete,
  ButtonPress,
  ChatMessage,
  FormSubmission,
  InteractionInput,
  InteractionRef,
  MessageShortcut,
  SlashCommand,
} from './input.ts';
import * as payloads from './payloads.ts';
import { typedText } from './typed-text.ts';

// Each function returns undefined if the interaction is of another kind, or is not one that Discord sends.

/** What is needed to answer an interaction, whatever the rest of it looks like. */
export function readInteraction(
  interaction: unknown,
): (InteractionRef & { type: number }) | undefined {
  const { data } = payloads.interaction.safeParse(interaction);
  if (!data) return undefined;
  const { id, token, type, guild_id: guild } = data;
  return { id, token, type, guild };
}

export function readSlashCommand(interaction: unknown): SlashCommand | undefined {
  const { data } = payloads.slashCommand.safeParse(interaction);
  const input = data && inputOf(data, data.data.resolved);
  return input && { ...input, slash: slashOf(data.data) };
}

export function readAutocomplete(interaction: unknown): Autocomplete | undefined {
  const { data } = payloads.autocomplete.safeParse(interaction);
  const input = data && inputOf(data, data.data.resolved);
  if (!input) return undefined;
  const { options, ...slash } = slashOf(data.data);
  const focused = options.find((option) => 'focused' in option && option.focused === true);
  return focused && { ...input, slash, arg: focused.name, typed: `${focused.value ?? ''}` };
}

export function readButtonPress(interaction: unknown): ButtonPress | undefined {
  const { data } = payloads.buttonPress.safeParse(interaction);
  const input = data && inputOf(data, data.data.resolved);
  if (!input) return undefined;
  const { custom_id: customId, values } = data.data;
  return {
    ...input,
    sourceMessage: data.message.id,
    pressed: { customId, ...(values && { values }) },
  };
}

export function readFormSubmission(interaction: unknown): FormSubmission | undefined {
  const { data } = payloads.formSubmission.safeParse(interaction);
  const input = data && inputOf(data, data.data.resolved);
  if (!input) return undefined;
  const { custom_id: customId, components } = data.data;
  return {
    ...input,
    sourceMessage: data.message?.id,
    isForm: true,
    modal: {
      customId,
      components: components.map(({ component }) =>
        component ? { component: fieldStateOf(component) } : {},
      ),
    },
  };
}

export function readShortcut(interaction: unknown): MessageShortcut | undefined {
  const { data } = payloads.messageShortcut.safeParse(interaction);
  const input = data && inputOf(data, data.data.resolved);
  const message = data?.data.resolved?.messages?.[data.data.target_id];
  if (!input || !message) return undefined;
  const sent = message.author && discordUserOf(message.author);
  // A user who is also resolved has the name they have on this server.
  const author = input.users.find(({ id }) => id === sent?.id) ?? sent;
  return {
    ...input,
    name: data.data.name,
    message: {
      text: typedText(message.content),
      author: author?.name,
      // The same address as that of Discord's "Copy Message Link".
      link: `https://discord.com/channels/${input.guild ?? '@me'}/${input.channel}/${message.id}`,
    },
  };
}

/**
 * @param bot the id of Convenor's own user.
 * @param roleOf the role that Discord made for it on the message's server. People pick it instead of the user, since it has
 *   the same name: https://github.com/RooCodeInc/Roomote/pull/438
 * @returns undefined also for what bots and Discord itself write, and for messages that are not for Convenor.
 */
export function readMessage(
  message: unknown,
  bot: string,
  roleOf: (guild: string) => string | undefined = () => undefined,
): ChatMessage | undefined {
  const { data } = payloads.chatMessage.safeParse(message);
  if (!data) return undefined;
  const { id, author, channel_id: channel, guild_id: guild, attachments } = data;
  const isTyped = data.type === MessageType.Default || data.type === MessageType.Reply;
  const isBot = author.bot === true || data.webhook_id !== undefined || author.id === bot;
  const role = guild === undefined ? undefined : roleOf(guild);
  const isRoleNamed = role !== undefined && data.mention_roles.includes(role);
  const isUserNamed = data.mentions.some((user) => user.id === bot);
  if (!isTyped || isBot || !(guild === undefined || isUserNamed || isRoleNamed)) return undefined;
  const mention = `<@${bot}>`;
  const said = typedText(data.content).replaceAll(`<@&${role}>`, mention);
  const { line: text, isInPassing } = addressedLine(said, mention);
  // A reply to one of Convenor's messages mentions it, also if it is for everybody who has read that message.
  const isReplyOnly = !said.includes(mention);
  return {
    key: `discord-${id}`,
    id,
    guild,
    user: author.id,
    channel,
    users: [],
    files: {},
    text,
    isInPassing: guild !== undefined && (isInPassing || isReplyOnly),
    isFileOnly: text === '' && attachments.length > 0,
    isWithheld: isRoleNamed && !isUserNamed && data.content === '',
  };
}

function inputOf(
  data: payloads.Base,
  resolved: payloads.ResolvedData,
): InteractionInput | undefined {
  const { id, token, guild_id: guild, member, channel_id: channel } = data;
  const user = member?.user ?? data.user;
  // On a server, Discord always sends the member.
  if (!user || (guild !== undefined && !member)) return undefined;
  return {
    key: `discord-${id}`,
    id,
    token,
    application: data.application_id,
    guild,
    user: user.id,
    channel,
    users: [discordUserOf(user, member), ...resolvedUsers(resolved)],
    files: resolved?.attachments ?? {},
    sourceMessage: undefined,
    isForm: false,
  };
}

/** The name and options of a slash command. A subcommand is an option that has options. */
function slashOf({
  name,
  options,
}: z.output<typeof payloads.autocomplete>['data']): SlashCommand['slash'] {
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

function fieldStateOf({
  type,
  custom_id: customId,
  value,
  values,
}: payloads.FieldData): FieldState {
  const typed = value == null ? {} : { value: typedText(value) };
  return { type, customId, ...typed, ...(values && { values }) };
}

import { MessageFlags as Flags, ComponentType as Kind } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { componentProblems } from './component-rules.ts';
import { type Part, partsOf } from './components.ts';
import { type Problem, problemIf } from './problem.ts';
import type { Content } from './world.ts';

/** https://docs.discord.com/developers/resources/message#create-message */
const MAX_CONTENT_LENGTH = 2000;
const MAX_NONCE_LENGTH = 25;
/** https://docs.discord.com/developers/components/reference#container: nested ones count */
const MAX_COMPONENTS = 40;
/** For all texts of a message together: https://discordjs.guide/legacy/popular-topics/display-components */
const MAX_TEXT_LENGTH = 4000;
/** Without IS_COMPONENTS_V2: https://docs.discord.com/developers/components/reference#legacy-message-component-behavior */
const MAX_ROWS = 5;

/** What is wrong with a message, by rules that the OpenAPI document does not have. @param before the message that is edited. */
export function messageProblems(given: Json, isPrivate: boolean, before?: Content): Problem[] {
  const sent = Number(given.flags ?? 0);
  const parts = partsOf(given.components);
  const isNew = (sent | (before?.flags ?? 0)) & Flags.IsComponentsV2;
  return [
    ...tooLong('content', textOf(given.content), MAX_CONTENT_LENGTH),
    ...tooLong('nonce', String(given.nonce ?? ''), MAX_NONCE_LENGTH),
    ...flagProblems(sent, isPrivate, before !== undefined),
    ...(isNew ? withFlag(given, parts, before) : withoutFlag(listOf(given.components))),
    ...componentProblems(parts),
  ];
}

/** Whether a message is empty. */
export function isEmpty({ content, components, embeds, poll, sticker_ids }: Json): boolean {
  return ![content, poll].some(Boolean) && ![components, embeds, sticker_ids].some(hasAny);
}

const hasAny = (list: unknown) => Array.isArray(list) && list.length > 0;

function tooLong(key: string, { length }: { length: number }, max: number): Problem[] {
  const words = `Must be ${max} or fewer in length.`;
  return problemIf(length > max, [key], words, 'BASE_TYPE_MAX_LENGTH');
}

function flagProblems(flags: number, isPrivate: boolean, isEdit: boolean): Problem[] {
  const shared = Flags.SuppressEmbeds | Flags.IsComponentsV2;
  const creating = isEdit ? 0 : Flags.SuppressNotifications;
  const fitting = shared | creating | (isPrivate ? Flags.Ephemeral : 0);
  return problemIf(flags & ~fitting, ['flags'], `There is no such flag here: ${flags}`);
}

/** https://docs.discord.com/developers/components/reference: with IS_COMPONENTS_V2, components are all there is */
function withFlag(given: Json, parts: readonly Part[], before?: Content): Problem[] {
  const after: Json = { ...before, ...given };
  const legacy = { content: after.content, poll: given.poll };
  const lists = { embeds: after.embeds, sticker_ids: given.sticker_ids };
  const stray = [
    ...Object.entries(legacy).filter(([, value]) => value),
    ...Object.entries(lists).filter(([, list]) => hasAny(list)),
  ];
  const shown = parts.filter(({ part }) => part.type === Kind.TextDisplay);
  const letters = shown.reduce((all, { part }) => all + textOf(part.content).length, 0);
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  return [
    ...stray.flatMap(([key]) =>
      problemIf(true, [key], `"${key}" cannot be used with IS_COMPONENTS_V2`, code),
    ),
    ...tooLong('components', parts, MAX_COMPONENTS),
    ...problemIf(
      letters > MAX_TEXT_LENGTH,
      ['components'],
      `All text may have ${MAX_TEXT_LENGTH} letters, and has ${letters}.`,
    ),
  ];
}

/** Without the flag only action rows are allowed. */
function withoutFlag(components: readonly Json[]): Problem[] {
  return [
    ...tooLong('components', components, MAX_ROWS),
    ...components.flatMap(({ type }, index) =>
      problemIf(
        type !== Kind.ActionRow,
        ['components', index, 'type'],
        'Value of field "type" must be one of (1,).',
      ),
    ),
  ];
}

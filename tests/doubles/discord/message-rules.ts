import { MessageFlags as Flags, ComponentType as Kind } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { componentProblems } from './component-rules.ts';
import { type Part, partsOf } from './components.ts';
import { type Problem, problem } from './problem.ts';
import type { Content } from './world.ts';

/** https://docs.discord.com/developers/resources/message#create-message */
const MOST_LETTERS = 2000;
/** https://docs.discord.com/developers/components/reference#container: nested ones count */
const MOST_COMPONENTS = 40;
/** Over all that a message shows: https://discordjs.guide/legacy/popular-topics/display-components */
const MOST_SHOWN = 4000;
const MOST_ROWS = 5;

/** What is wrong with what an app sends as a message, beyond what the OpenAPI document says; `before`: it is an edit. */
export function messageProblems(given: Json, isPrivate: boolean, before?: Content): Problem[] {
  const flags = Number(given.flags ?? 0) | (before?.flags ?? 0);
  const parts = partsOf(given.components);
  return [
    ...tooLong(given),
    ...flagProblems(Number(given.flags ?? 0), isPrivate, before !== undefined),
    ...(flags & Flags.IsComponentsV2
      ? withFlag(given, parts, before)
      : withoutFlag(listOf(given.components))),
    ...componentProblems(parts),
  ];
}

/** Whether a message has nothing in it. */
export function isEmpty({ content, components, embeds, poll, sticker_ids }: Json): boolean {
  return ![content, poll].some(Boolean) && ![components, embeds, sticker_ids].some(hasAny);
}

const hasAny = (list: unknown) => Array.isArray(list) && list.length > 0;

function tooLong({ content, nonce }: Json): Problem[] {
  const most = (path: string, length: number, limit: number) =>
    length > limit
      ? [problem([path], `Must be ${limit} or fewer in length.`, 'BASE_TYPE_MAX_LENGTH')]
      : [];
  return [
    ...most('content', textOf(content).length, MOST_LETTERS),
    ...most('nonce', String(nonce ?? '').length, 25),
  ];
}

function flagProblems(flags: number, isPrivate: boolean, isEdit: boolean): Problem[] {
  const shared = Flags.SuppressEmbeds | Flags.IsComponentsV2;
  const creating = isEdit ? 0 : Flags.SuppressNotifications;
  const fitting = shared | creating | (isPrivate ? Flags.Ephemeral : 0);
  return flags & ~fitting ? [problem(['flags'], `There is no such flag here: ${flags}`)] : [];
}

/** https://docs.discord.com/developers/components/reference: with IS_COMPONENTS_V2, components are all there is */
function withFlag(given: Json, parts: readonly Part[], before?: Content): Problem[] {
  const old = (key: 'content' | 'embeds') =>
    given[key] === undefined ? before?.[key] : given[key];
  const stray = [
    ...(old('content') ? ['content'] : []),
    ...(hasAny(old('embeds')) ? ['embeds'] : []),
    ...(given.poll ? ['poll'] : []),
    ...(hasAny(given.sticker_ids) ? ['sticker_ids'] : []),
  ];
  const shown = parts.filter(({ part }) => part.type === Kind.TextDisplay);
  const letters = shown.reduce((all, { part }) => all + textOf(part.content).length, 0);
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  return [
    ...stray.map((key) =>
      problem([key], `The '${key}' field cannot be used with MessageFlags.IS_COMPONENTS_V2`, code),
    ),
    ...(parts.length > MOST_COMPONENTS
      ? [
          problem(
            ['components'],
            `There may be ${MOST_COMPONENTS} components, and there are ${parts.length}.`,
          ),
        ]
      : []),
    ...(letters > MOST_SHOWN
      ? [problem(['components'], `All text may have ${MOST_SHOWN} letters, and has ${letters}.`)]
      : []),
  ];
}

/** Without the flag there are rows alone. */
function withoutFlag(components: readonly Json[]): Problem[] {
  const rows =
    components.length > MOST_ROWS
      ? [
          problem(
            ['components'],
            `Must be ${MOST_ROWS} or fewer in length.`,
            'BASE_TYPE_MAX_LENGTH',
          ),
        ]
      : [];
  return [
    ...rows,
    ...components.flatMap(({ type }, index) =>
      type === Kind.ActionRow
        ? []
        : [problem(['components', index, 'type'], 'Value of field "type" must be one of (1,).')],
    ),
  ];
}

import { ButtonStyle, MessageFlags as Flags, ComponentType as Kind } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { optionsOf, type Part, partsOf } from './components.ts';
import { type Problem, problem } from './problem.ts';
import type { Content } from './world.ts';

/** https://docs.discord.com/developers/resources/message#create-message */
const MOST_LETTERS = 2000;
/** https://docs.discord.com/developers/components/reference#container: nested ones count */
const MOST_COMPONENTS = 40;
/** Over all that a message shows: https://discordjs.guide/legacy/popular-topics/display-components */
const MOST_SHOWN = 4000;
const MOST_ROWS = 5;
const MOST_BUTTONS = 5;

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

/** What holds in messages and in modals: https://docs.discord.com/developers/components/reference */
export function componentProblems(parts: readonly Part[]): Problem[] {
  return [
    ...doubled(
      parts,
      'custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    ),
    ...doubled(parts, 'id', 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated'),
    ...parts.flatMap(({ part, path }) => {
      if (part.type === Kind.Button) return buttonProblems(part, path);
      if (part.type === Kind.ActionRow) return rowProblems(part, path);
      return hasAny(part.options) ? menuProblems(part, path) : [];
    }),
  ];
}

function doubled(parts: readonly Part[], key: string, code: string, message: string): Problem[] {
  const seen = new Set();
  return parts.flatMap(({ part, path }) => {
    const value = part[key];
    if (!value || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [problem([...path, key], message, code)];
  });
}

function buttonProblems(button: Json, path: Problem['path']): Problem[] {
  const { style, custom_id, url, label, emoji, sku_id } = button;
  const wrong = (key: string, message: string) => [problem([...path, key], message)];
  if (style === ButtonStyle.Premium) return sku_id ? [] : wrong('sku_id', 'This field is required');
  const worded = label || emoji ? [] : wrong('label', 'A button has a label or an emoji.');
  if (style === ButtonStyle.Link)
    return [
      ...worded,
      ...(url ? [] : wrong('url', 'A url is required')),
      ...(custom_id ? wrong('custom_id', 'A custom id and url cannot both be specified') : []),
      ...(url && !/^(https?|discord):\/\//.test(textOf(url))
        ? wrong('url', 'Not a well formed URL.')
        : []),
    ];
  return [
    ...worded,
    ...(custom_id ? [] : wrong('custom_id', 'A custom id is required')),
    ...(url ? wrong('url', 'A custom id and url cannot both be specified') : []),
  ];
}

/** Up to five buttons, or one menu. */
function rowProblems(row: Json, path: Problem['path']): Problem[] {
  const inner = listOf(row.components);
  const menus = inner.filter(({ type }) => type !== Kind.Button);
  if (!menus.length && inner.length <= MOST_BUTTONS) return [];
  if (menus.length === 1 && inner.length === 1) return [];
  return [problem([...path, 'components'], 'A row has up to five buttons, or one menu.')];
}

function menuProblems(menu: Json, path: Problem['path']): Problem[] {
  const options = optionsOf(menu);
  const values = options.map(({ value }) => value);
  const preset = options.filter((option) => option.default).length;
  const most = Number(menu.max_values ?? 1);
  const twice = values.findIndex((value, index) => values.indexOf(value) < index);
  const wrong = (key: string, message: string) => [problem([...path, key], message)];
  return [
    ...(twice >= 0 ? wrong('options', 'The specified option value is already used') : []),
    ...(Number(menu.min_values ?? 1) > most ? wrong('min_values', 'More than max_values.') : []),
    ...(most > options.length && menu.type === Kind.StringSelect
      ? wrong('max_values', 'Max values should be fewer or equal to the number of options.')
      : []),
    ...(preset > most && menu.type === Kind.StringSelect
      ? wrong('options', 'More options are preset than may be picked.')
      : []),
  ];
}

import { ButtonStyle, ComponentType as Kind } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { optionsOf, type Part } from './components.ts';
import { type Problem, problem } from './problem.ts';

/** https://docs.discord.com/developers/components/reference#action-row */
const MOST_BUTTONS = 5;

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
      return optionsOf(part).length ? menuProblems(part, path) : [];
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

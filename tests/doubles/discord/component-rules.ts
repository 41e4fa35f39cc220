import { ButtonStyle, ComponentType as Kind } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { optionsOf, type Part } from './components.ts';
import { type Problem, problemIf } from './problem.ts';

/** https://docs.discord.com/developers/components/reference#action-row */
const MAX_BUTTONS_PER_ROW = 5;

/** Rules for messages and modals that the OpenAPI document does not have: https://docs.discord.com/developers/components/reference */
export function componentProblems(parts: readonly Part[]): Problem[] {
  return [
    ...doubled(parts, 'custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED'),
    ...doubled(parts, 'id', 'COMPONENT_ID_DUPLICATED'),
    ...parts.flatMap(({ part, path }) => {
      if (part.type === Kind.Button) return buttonProblems(part, path);
      if (part.type === Kind.ActionRow) return rowProblems(part, path);
      return optionsOf(part).length ? menuProblems(part, path) : [];
    }),
  ];
}

function doubled(parts: readonly Part[], key: string, code: string): Problem[] {
  const values = parts.map(({ part }) => part[key]);
  return parts.flatMap(({ part, path }, index) => {
    const isAgain = part[key] && values.indexOf(part[key]) < index;
    return problemIf(isAgain, [...path, key], `Component ${key} cannot be duplicated`, code);
  });
}

function buttonProblems(button: Json, path: Problem['path']): Problem[] {
  const { style, custom_id, url, label, emoji, sku_id } = button;
  const wrongIf = (wrong: unknown, key: string, message: string) =>
    problemIf(wrong, [...path, key], message);
  const both = 'A custom id and url cannot both be specified';
  if (style === ButtonStyle.Premium) return wrongIf(!sku_id, 'sku_id', 'This field is required');
  const worded = wrongIf(!label && !emoji, 'label', 'A button has a label or an emoji.');
  if (style === ButtonStyle.Link)
    return [
      ...worded,
      ...wrongIf(!/^(https?|discord):\/\//.test(textOf(url)), 'url', 'Not a well formed URL.'),
      ...wrongIf(custom_id, 'custom_id', both),
    ];
  return [
    ...worded,
    ...wrongIf(!custom_id, 'custom_id', 'A custom id is required'),
    ...wrongIf(url, 'url', both),
  ];
}

/** Up to five buttons, or one menu. */
function rowProblems(row: Json, path: Problem['path']): Problem[] {
  const inner = listOf(row.components);
  const menus = inner.filter(({ type }) => type !== Kind.Button);
  const fits = menus.length ? inner.length === 1 : inner.length <= MAX_BUTTONS_PER_ROW;
  return problemIf(!fits, [...path, 'components'], 'A row has up to five buttons, or one menu.');
}

function menuProblems(menu: Json, path: Problem['path']): Problem[] {
  const options = optionsOf(menu);
  const values = options.map(({ value }) => value);
  const preset = options.filter((option) => option.default).length;
  const max = Number(menu.max_values ?? 1);
  const wrongIf = (wrong: unknown, key: string, message: string) =>
    problemIf(wrong, [...path, key], message);
  return [
    ...wrongIf(new Set(values).size < values.length, 'options', 'An option value is used twice.'),
    ...wrongIf(preset > max, 'options', 'More options are preset than may be picked.'),
    ...wrongIf(max > options.length, 'max_values', 'There are fewer options than that.'),
    ...wrongIf(Number(menu.min_values ?? 1) > max, 'min_values', 'More than max_values.'),
  ];
}

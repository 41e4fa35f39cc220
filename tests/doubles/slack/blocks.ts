import { Ajv } from 'ajv';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { describeErrors } from '../schema-errors.ts';
import { either, flag, id, list, mrkdwn, oneOf, plain, shape, text, type } from './block-schema.ts';
import { accessories, actionElements, image, inputElements, optionsOf } from './element-schema.ts';

export type Surface = 'message' | 'modal' | 'home';

/** The kinds of https://docs.slack.dev/reference/block-kit/blocks for an app without files or streams */
const block = { block_id: id };
const rich = { type: 'array', items: { type: 'object', required: ['type'] } };
const cell = oneOf([
  shape({ type: type('raw_text'), text: text(3000) }),
  shape({ type: type('rich_text'), elements: rich }, block),
]);
const known = [
  shape({ type: type('actions'), elements: list(actionElements, 25) }, block),
  shape(
    { type: type('alert'), text: either(200) },
    { ...block, level: { enum: ['default', 'info', 'warning', 'error', 'success'] } },
  ),
  shape(
    {
      type: type('context'),
      elements: list(oneOf([image, plain(3000), mrkdwn(3000)]), 10),
    },
    block,
  ),
  shape({ type: type('divider') }, block),
  shape({ type: type('header'), text: plain(150) }, block),
  shape(
    { type: type('image'), alt_text: text(2000) },
    { ...block, image_url: text(3000), slack_file: { type: 'object' }, title: plain(2000) },
  ),
  shape(
    { type: type('input'), label: plain(2000), element: inputElements },
    { ...block, hint: plain(2000), optional: flag, dispatch_action: flag },
  ),
  shape({ type: type('markdown'), text: text(12_000) }, block),
  shape({ type: type('rich_text'), elements: rich }, block),
  {
    ...shape(
      { type: type('section') },
      {
        ...block,
        text: either(3000),
        fields: list(either(2000), 10),
        accessory: accessories,
        expand: flag,
      },
    ),
    anyOf: [{ required: ['text'] }, { required: ['fields'] }],
  },
  shape(
    { type: type('table'), rows: list(list(cell, 20), 100) },
    { ...block, column_settings: { type: 'array', items: { type: 'object' } } },
  ),
];

/** How many blocks a surface may have: https://docs.slack.dev/reference/block-kit/blocks */
const MAX_BLOCKS = { message: 50, modal: 100, home: 100 };

const ajv = new Ajv({ strict: false, discriminator: true });
const checkBlocks = ajv.compile({ type: 'array', items: oneOf(known) });
const checkOptions = ajv.compile({
  ...shape({}, optionsOf),
  anyOf: [{ required: ['options'] }, { required: ['option_groups'] }],
});

/** What is wrong with the blocks of a message or a view; undefined if nothing is. */
export function blocksProblem(blocks: unknown, surface: Surface): string | undefined {
  if (!checkBlocks(blocks)) return describeErrors('blocks', checkBlocks.errors);
  const all = listOf(blocks);
  if (all.length > MAX_BLOCKS[surface])
    return `${all.length} blocks: ${MAX_BLOCKS[surface]} at most`;
  return (
    wrongPlace(all, surface) ??
    twice('block_id', all) ??
    all.map((one) => twice('action_id', elementsOf(one))).find((found) => found) ??
    all
      .flatMap(elementsOf)
      .map(badChoice)
      .find((found) => found) ??
    focusTwice(all)
  );
}

/** What is wrong with the options that answer a search; undefined if nothing is. */
export function optionsProblem(answer: unknown): string | undefined {
  return checkOptions(answer) ? undefined : describeErrors('options', checkOptions.errors);
}

/** The interactive elements of a block. */
export function elementsOf(block: Json): Json[] {
  if (block.type === 'actions') return listOf(block.elements);
  if (block.type === 'input') return [objectOf(block.element)];
  return block.accessory ? [objectOf(block.accessory)] : [];
}

/** All options of a menu, also those in groups. */
export function choicesOf(element: Json): Json[] {
  return [
    ...listOf(element.options),
    ...listOf(element.option_groups).flatMap((group) => listOf(group.options)),
  ];
}

function wrongPlace(blocks: Json[], surface: Surface): string | undefined {
  const kinds = blocks.map((one) => textOf(one.type));
  if (surface !== 'modal' && kinds.includes('alert')) return 'alert: in modals only';
  if (surface !== 'message' && kinds.includes('markdown')) return 'markdown: in messages only';
  if (surface !== 'message' && kinds.includes('table')) return 'table: in messages only';
  if (kinds.filter((kind) => kind === 'table').length > 1) return 'table: one in a message';
  return undefined;
}

function twice(name: 'block_id' | 'action_id', items: Json[]): string | undefined {
  const ids = items.map((item) => item[name]).filter((value) => value !== undefined);
  const again = ids.find((value, index) => ids.indexOf(value) !== index);
  return again === undefined ? undefined : `${name} "${again}" is used twice`;
}

function badChoice(element: Json): string | undefined {
  const kind = textOf(element.type);
  if (!/^(multi_)?static_select$|^checkboxes$|^radio_buttons$|^overflow$/.test(kind))
    return undefined;
  const choices = choicesOf(element);
  if (!choices.length) return `${kind} "${element.action_id}" has no options`;
  if (element.options && element.option_groups) return `${kind}: options or option_groups`;
  const values = choices.map((choice) => choice.value);
  if (new Set(values).size < values.length) return `${kind} "${element.action_id}": a value twice`;
  const chosen = element.initial_option
    ? [objectOf(element.initial_option)]
    : listOf(element.initial_options);
  const stray = chosen.find(
    (one) => !choices.some((choice) => JSON.stringify(choice) === JSON.stringify(one)),
  );
  return stray && `${kind} "${element.action_id}": initial option "${stray.value}" is no option`;
}

function focusTwice(blocks: Json[]): string | undefined {
  const focused = blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true);
  return focused.length > 1 ? 'focus_on_load: one element only' : undefined;
}

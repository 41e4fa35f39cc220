import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { blocksProblem, optionsProblem, type Surface } from './blocks.ts';
import { viewProblem } from './view-rules.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const option = (value: string, text = value) => ({ text: plain(text), value });
const options = (count: number) => times(count, (index) => option(`o${index}`));
const button = (fields: Json = {}) => ({ type: 'button', text: plain('Go'), ...fields });
const select = (fields: Json = {}) => ({ type: 'static_select', options: options(2), ...fields });
const section = (fields: Json = {}) => ({ type: 'section', text: mrkdwn('Hello'), ...fields });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const input = (element: Json, fields: Json = {}) => ({
  type: 'input',
  label: plain('Note'),
  element,
  ...fields,
});
const typed = (fields: Json = {}) => ({ type: 'plain_text_input', action_id: 'note', ...fields });

/** A block at Slack's limit, and the same one step above it. */
const limits: [string, (length: number) => Json[], number][] = [
  ['blocks of a message', (n) => times(n, () => ({ type: 'divider' })), 50],
  ['text of a section', (n) => [section({ text: mrkdwn(x(n)) })], 3000],
  ['fields of a section', (n) => [section({ fields: times(n, () => plain('x')) })], 10],
  ['text of a field', (n) => [section({ fields: [plain(x(n))] })], 2000],
  ['text of a header', (n) => [{ type: 'header', text: plain(x(n)) }], 150],
  ['parts of a context', (n) => [{ type: 'context', elements: times(n, () => plain('x')) }], 10],
  ['buttons in a row', (n) => [actions(...times(n, () => button()))], 25],
  ['label of a button', (n) => [actions(button({ text: plain(x(n)) }))], 75],
  ['value of a button', (n) => [actions(button({ value: x(n) }))], 2000],
  ['address of a button', (n) => [actions(button({ url: x(n) }))], 3000],
  ['action id', (n) => [actions(button({ action_id: x(n) }))], 255],
  ['block id', (n) => [section({ block_id: x(n) })], 255],
  ['options of a menu', (n) => [actions(select({ options: options(n) }))], 100],
  ['options of an overflow', (n) => [actions({ type: 'overflow', options: options(n) })], 5],
  ['options of boxes', (n) => [actions({ type: 'checkboxes', options: options(n) })], 10],
  ['label of an option', (n) => [actions(select({ options: [option('a', x(n))] }))], 75],
  ['value of an option', (n) => [actions(select({ options: [option(x(n), 'a')] }))], 75],
  ['placeholder', (n) => [actions(select({ placeholder: plain(x(n)) }))], 150],
  ['title to confirm', (n) => [actions(confirming({ title: plain(x(n)) }))], 100],
  ['text to confirm', (n) => [actions(confirming({ text: plain(x(n)) }))], 300],
  ['word to confirm', (n) => [actions(confirming({ confirm: plain(x(n)) }))], 30],
  ['label of an input', (n) => [input(typed(), { label: plain(x(n)) })], 2000],
  ['hint of an input', (n) => [input(typed(), { hint: plain(x(n)) })], 2000],
  ['text in an input', (n) => [input(typed({ initial_value: x(n) }))], 3000],
  ['markdown', (n) => [{ type: 'markdown', text: x(n) }], 12_000],
  ['rows of a table', (n) => [{ type: 'table', rows: times(n, () => [raw]) }], 100],
  ['cells of a row', (n) => [{ type: 'table', rows: [times(n, () => raw)] }], 20],
];
const raw = { type: 'raw_text', text: 'x' };
const confirming = (fields: Json) => button({ confirm: { text: plain('Sure?'), ...fields } });

describe('what fits', () => {
  it.each(limits)('%s', (_, blocks, max) => {
    expect(blocksProblem(blocks(max), 'message')).toBeUndefined();
    expect(blocksProblem(blocks(max + 1), 'message')).toBeDefined();
  });

  it('a modal or a Home has room for 100 blocks', () => {
    const many = (count: number) => times(count, () => ({ type: 'divider' }));
    expect(blocksProblem(many(100), 'home')).toBeUndefined();
    expect(blocksProblem(many(101), 'home')).toBeDefined();
  });
});

describe('what is refused', () => {
  it.each<[string, Json[], Surface]>([
    ['a block of no kind', [{ text: plain('x') }], 'message'],
    ['a key with a slip', [section({ txet: plain('x') })], 'message'],
    ['an empty text', [section({ text: mrkdwn('') })], 'message'],
    ['a section of nothing', [{ type: 'section' }], 'message'],
    ['markup in a header', [{ type: 'header', text: mrkdwn('x') }], 'message'],
    ['markup on a button', [actions(button({ text: mrkdwn('x') }))], 'message'],
    ['no buttons', [actions()], 'message'],
    ['a text box among buttons', [actions(typed())], 'message'],
    ['a button in an input', [input(button())], 'message'],
    ['a menu of nothing', [actions({ type: 'static_select' })], 'message'],
    [
      'the same action id',
      [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
      'home',
    ],
    ['the same block id', [section({ block_id: 'a' }), section({ block_id: 'a' })], 'home'],
    ['the same value', [actions(select({ options: [option('a'), option('a')] }))], 'message'],
    ['a first choice that is none', [actions(select({ initial_option: option('z') }))], 'message'],
    ['a colour of its own', [actions(button({ style: 'green' }))], 'message'],
    ['a day that is none', [input({ type: 'datepicker', initial_date: '1 May' })], 'modal'],
    ['two that want to be first', [1, 2].map(() => input(typed({ focus_on_load: true }))), 'modal'],
    ['an alert in a message', [{ type: 'alert', text: plain('x') }], 'message'],
    ['a table in a Home', [{ type: 'table', rows: [[raw]] }], 'home'],
    ['two tables', [1, 2].map(() => ({ type: 'table', rows: [[raw]] })), 'message'],
  ])('%s', (_, blocks, surface) => {
    expect(blocksProblem(blocks, surface)).toBeDefined();
  });
});

describe('what fits', () => {
  it('many kinds of menus and inputs', () => {
    const menus = ['users_select', 'conversations_select', 'channels_select', 'external_select'];
    const inputs = ['datepicker', 'timepicker', 'email_text_input', 'url_text_input'];
    const blocks = [
      actions(...menus.map((type) => ({ type })), select({ initial_option: option('o1') })),
      ...inputs.map((type) => input({ type })),
      input({ type: 'number_input', is_decimal_allowed: false }),
      input({ type: 'radio_buttons', options: options(2), initial_option: option('o0') }),
      input({ type: 'multi_external_select', min_query_length: 0 }, { optional: true }),
      section({ accessory: { type: 'overflow', options: options(5) } }),
    ];
    expect(blocksProblem(blocks, 'modal')).toBeUndefined();
  });
});

describe('a modal', () => {
  const modal = (fields: Json = {}) => ({
    type: 'modal',
    title: plain('Log'),
    submit: plain('Save'),
    blocks: [input(typed())],
    ...fields,
  });

  it.each<[string, Json]>([
    ['title', { title: plain(x(25)) }],
    ['submit', { submit: plain(x(25)) }],
    ['close', { close: plain(x(25)) }],
    ['private metadata', { private_metadata: x(3001) }],
    ['callback id', { callback_id: x(256) }],
    ['inputs without submit', { submit: undefined }],
    ['another kind', { type: 'home' }],
    ['a key of its own', { colour: 'green' }],
  ])('%s', (_, fields) => {
    expect(viewProblem(JSON.parse(JSON.stringify(modal())), 'modal')).toBeUndefined();
    expect(viewProblem(JSON.parse(JSON.stringify(modal(fields))), 'modal')).toBeDefined();
  });
});

it('a search may be answered with 0 to 100 options', () => {
  expect(optionsProblem({ options: [] })).toBeUndefined();
  expect(optionsProblem({ options: options(100) })).toBeUndefined();
  expect(optionsProblem({ options: options(101) })).toBeDefined();
  expect(optionsProblem({})).toBeDefined();
});

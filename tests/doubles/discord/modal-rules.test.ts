import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { operations } from './contracts.ts';
import { modalProblems } from './modal-rules.ts';

const callback = operations.find(({ id }) => id === 'create_interaction_response');

/** The paths at which Discord finds problems in a modal. */
function wrongIn(data: Json): string[] {
  const args = { interaction_id: '1', interaction_token: 'a' };
  const problems = callback?.problems(args, { type: 9, data }) ?? [];
  return [...problems, ...modalProblems(data)].map(({ path }) => path.join('.'));
}

const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
let count = 0;
const input = (fields: Json = {}) => {
  count += 1;
  return { type: 4, style: 1, custom_id: `i${count}`, ...fields };
};
const option = (index: number) => ({ label: `${index}`, value: `${index}` });
const menu = (fields: Json = {}) => ({ type: 3, custom_id: 'm', options: [option(1)], ...fields });
const label = (component: Json = input(), fields: Json = {}) => ({
  type: 18,
  label: 'Note',
  component,
  ...fields,
});
const modal = (...components: Json[]) => ({ custom_id: 'form', title: 'Log', components });

const limits: [string, (length: number) => Json, number][] = [
  ['title', (n) => ({ ...modal(label()), title: x(n) }), 45],
  ['custom id', (n) => ({ ...modal(label()), custom_id: x(n) }), 100],
  ['parts', (n) => modal(...times(n, () => label())), 5],
  ['label', (n) => modal(label(input(), { label: x(n) })), 45],
  ['description', (n) => modal(label(input(), { description: x(n) })), 100],
  ['placeholder of an input', (n) => modal(label(input({ placeholder: x(n) }))), 100],
  ['text that is preset', (n) => modal(label(input({ value: x(n) }))), 4000],
  ['text that is preset for less', (n) => modal(label(input({ value: x(n), max_length: 5 }))), 5],
  ['options', (n) => modal(label(menu({ options: times(n, option) }))), 25],
];

describe('what fits', () => {
  it.each(limits)('%s', (_, data, max) => {
    expect(wrongIn(data(max))).toEqual([]);
    expect(wrongIn(data(max + 1))).not.toEqual([]);
  });
});

const same = () => label(input({ custom_id: 'a' }));
const wrong: [string, Json, string][] = [
  ['no part', modal(), 'data.components'],
  ['no title', { ...modal(label()), title: '' }, 'data.title'],
  ['a button', modal({ type: 2, style: 1, custom_id: 'a', label: 'x' }), 'data.components.0.type'],
  ['a menu without its label', modal(menu()), 'data.components.0.type'],
  ['a label without words', modal(label(input(), { label: '' })), 'data.components.0.label'],
  [
    'words in the input too',
    modal(label(input({ label: 'x' }))),
    'data.components.0.component.label',
  ],
  ['the same custom id twice', modal(same(), same()), 'data.components.1.component.custom_id'],
  [
    'a menu that is disabled',
    modal(label(menu({ disabled: true }))),
    'data.components.0.component.disabled',
  ],
  [
    'a key that is not known',
    modal(label(input({ lable: 'x' }))),
    'data.components.0.component.lable',
  ],
];

describe('what is refused', () => {
  it.each(wrong)('%s', (_, data, where) => {
    expect(wrongIn(data)).toContain(where);
  });
});

import fc from 'fast-check';
import { expect } from 'vitest';
import type { Field, Form } from '../../src/core/message/form.ts';
import type { RawArgs } from '../../src/core/message/invocation.ts';
import { hostileText } from '../fixtures/hostile.ts';

/** A field of a form. */
export const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  ...{ name, kind, label: `${name}?`, hint: `The ${name}`, long: false, needed: false, value: '' },
  ...more,
});

/** A form with these fields. */
export const formOf = (fields: readonly Field[], kept: RawArgs = {}): Form => ({
  command: 'log',
  title: 'Note a contact with a partner',
  submit: 'Save',
  fields,
  kept,
});

const people = [
  { value: '#sam', label: 'Sam' },
  { value: '#tom', label: 'Tom' },
];
const levels = ['local', 'regional', 'national'].map((value) => ({ value, label: value }));

/** Fields with options to pick from, and the value that is picked. */
export const pickedFields = {
  choice: (value = '') => field('level', 'choice', { options: levels, value }),
  choices: (value = '') => field('kinds', 'choices', { options: levels, value }),
  who: (value = '') => field('who', 'member', { options: people, value }),
  channel: (value = '') => field('channel', 'channel', { value }),
  role: (value = '') => field('role', 'role', { value }),
};

/** A field with this many members as options; the eighth is picked. */
export function manyMembers(size: number): Field {
  const many = Array.from({ length: size }, (_, at) => ({ value: `#${at}`, label: `M${at}` }));
  return field('who', 'member', { options: many, value: '#7' });
}

const words = ['text', 'date', 'time', 'duration', 'zone', 'partner', 'number', 'file'] as const;
const names = ['a', 'b', 'c', 'd', 'e'];
const fields = fc.array(
  fc.record({
    kind: fc.constantFrom(...words),
    value: fc.oneof(hostileText, fc.constant('')),
    label: hostileText,
    hint: hostileText,
    needed: fc.boolean(),
    long: fc.boolean(),
  }),
  { maxLength: 5 },
);
const kept = fc.dictionary(fc.constantFrom('how', 'when', 'brief', 'once'), hostileText);

/** Any form whose fields are typed into. */
export const anyForm: fc.Arbitrary<Form> = fc
  .tuple(fields, kept, hostileText)
  .map(([some, carried, title]) => ({
    ...formOf(
      some.map((each, index) => field(names[index] ?? '', each.kind, each)),
      carried,
    ),
    title,
  }));

/** Expects a form's values to come back. Text with markup may come back in other characters. */
export function expectValuesKept(
  { kept, fields }: Form,
  args: Readonly<RawArgs> | undefined,
): void {
  for (const [name, value] of Object.entries(kept)) expect(args?.[name]).toBe(value);
  for (const { name, value } of fields) {
    const isPlain = !value.includes('<') && !/[\p{Cc}\p{Surrogate}]/u.test(value);
    if (isPlain && value.trim()) expect(args?.[name]).toBe(value);
    if (value === '') expect(args).not.toHaveProperty(name);
  }
}

/** Numbered options to pick from. */
export const numberedOptions = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ value: `#${at}`, label: `Oak ${at}` }));

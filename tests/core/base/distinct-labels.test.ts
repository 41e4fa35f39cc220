import { expect, it } from 'vitest';
import { distinctLabels } from '../../../src/core/base/distinct-labels.ts';

interface Thing {
  name: string;
  day?: string;
  who?: string;
}

const labelsOf = (things: readonly Thing[], maxLength = 40) =>
  distinctLabels(
    things,
    ({ name }) => name,
    [({ day = '' }) => day, ({ who = '' }) => who],
    maxLength,
  );

it('leaves labels alone that differ', () => {
  expect(
    labelsOf([
      { name: 'one', day: 'Fri' },
      { name: 'two', day: 'Mon' },
    ]),
  ).toEqual(['one', 'two']);
});

it('adds what differs to labels that look alike, and to those only', () => {
  const things = [
    { name: 'ring Pat', day: 'Fri', who: 'Tom' },
    { name: 'Ring pat', day: 'Mon', who: 'Tom' },
    { name: 'ring Sue', day: 'Fri', who: 'Tom' },
  ];
  expect(labelsOf(things)).toEqual(['ring Pat, Fri', 'Ring pat, Mon', 'ring Sue']);
});

it('goes on with the next detail, and with numbers where nothing differs', () => {
  const things = [
    { name: 'ring', day: 'Fri', who: 'Tom' },
    { name: 'ring', day: 'Fri', who: 'Maya' },
    { name: 'ring', day: 'Mon' },
    { name: 'write' },
    { name: 'write' },
  ];
  expect(labelsOf(things)).toEqual([
    'ring, Fri, Tom',
    'ring, Fri, Maya',
    'ring, Mon',
    'write (1)',
    'write (2)',
  ]);
});

it('keeps the detail of a label that is too long', () => {
  const name = 'a very long title that goes on and on';
  const labels = labelsOf(
    [
      { name: `${name} one`, day: 'Fri' },
      { name: `${name} two`, day: 'Mon' },
    ],
    20,
  );
  expect(labels).toEqual(['a very long ti…, Fri', 'a very long ti…, Mon']);
});

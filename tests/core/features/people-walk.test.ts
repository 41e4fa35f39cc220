import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { people } from '../../../src/core/domain/people/person.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { seed, sized } from '../../fixtures/proof.ts';
import { pick, randomNumbers } from '../../fixtures/random-args.ts';

const STEPS_OF_WALK = 60;
const PLACES = ['Alder Council', 'Birch School', 'Cedar Trust', 'Dale Club'];
const NAMES = ['Jane Doe', 'Sam Lee', 'Ann Poe', 'Bob Ash'];

/** What must never be lost: each note, promise and name that was typed and not taken back. */
async function whatIsThere({ store }: Talk) {
  const byId = { index: 'byId' } as const;
  const [notes, promises, names, places] = await Promise.all([
    collect(store.of(contacts).all(byId)),
    collect(store.of(followups).all(byId)),
    collect(store.of(people).all(byId)),
    collect(store.of(partners).all(byId)),
  ]);
  return { notes, promises, names, places };
}

/** Departures, moves, merges and undo in any order, beside notes and promises. */
async function walk(number: number): Promise<void> {
  const random = randomNumbers(seed + number);
  const any = <T>(items: readonly T[]) => pick(random, items) as T;
  const talk = await newTalk();
  for (const name of PLACES) await talk.say('grace', `partner add "${name}"`);
  const expected = {
    notes: new Set<string>(),
    promises: new Set<string>(),
    names: new Set<string>(),
  };
  const told: string[] = [];
  for (let step = 0; step < STEPS_OF_WALK; step++) {
    const before = await whatIsThere(talk);
    const idOf = (rows: readonly { id: string }[]) => `#${any(rows)?.id ?? 'nothing'}`;
    const open = before.places.filter(({ mergedInto }) => !mergedInto);
    const act = any(['add', 'note', 'promise', 'left', 'move', 'merge', 'unmerge', 'next', 'undo']);
    const note = `n${step} with ${any(NAMES)}`;
    const [command, args]: [string, Record<string, string>] = {
      add: ['person add', { name: any(NAMES), at: idOf(open), confirmed: 'yes' }],
      note: ['log', { with: idOf(open), note }],
      promise: ['log', { with: idOf(open), note, next: `p${step}`, whose: 'theirs' }],
      left: ['person left', { who: idOf(before.names) }],
      move: ['person move', { who: idOf(before.names), to: idOf(open) }],
      merge: ['partner merge', { with: idOf(open), into: idOf(open), sure: 'yes' }],
      unmerge: ['partner unmerge', { name: idOf(before.places) }],
      next: ['person successor', { who: idOf(before.names), to: idOf(before.names) }],
      undo: ['undo', {}],
    }[act] as [string, Record<string, string>];
    const said = await talk.invoke(any(['grace', 'tom']), command, args);
    told.push(`${command} ${JSON.stringify(args)}: ${said.text}`);
    const after = await whatIsThere(talk);
    if (act !== 'undo') {
      for (const { id } of after.notes) expected.notes.add(id);
      for (const { id } of after.promises) expected.promises.add(id);
      for (const { id } of after.names) expected.names.add(id);
    } else {
      // An undo takes back what was added by the command that it names, and nothing else.
      for (const kind of ['notes', 'promises', 'names'] as const) {
        const gone = before[kind].filter(({ id }) => !after[kind].some((row) => row.id === id));
        expect(gone.length, told.join('\n')).toBeLessThanOrEqual(1);
        for (const { id } of gone) expected[kind].delete(id);
      }
    }
    for (const kind of ['notes', 'promises', 'names'] as const) {
      const there = new Set(after[kind].map(({ id }) => id));
      expect(
        [...expected[kind]].filter((id) => !there.has(id)),
        told.join('\n'),
      ).toEqual([]);
    }
    expect(talk.errors, told.join('\n')).toEqual([]);
    await expectAllFound(talk, told);
  }
}

/** Each person is found by name, and stands at a partner that exists; each contact belongs to one. */
async function expectAllFound(talk: Talk, told: readonly string[]): Promise<void> {
  const { notes, promises, names, places } = await whatIsThere(talk);
  const ids = new Set(places.map(({ id }) => id));
  for (const { positions } of names) {
    expect(positions.length, told.join('\n')).toBeGreaterThan(0);
    for (const { partner } of positions) expect(ids.has(partner), told.join('\n')).toBe(true);
  }
  for (const { partner } of [...notes, ...promises])
    expect(partner === null || ids.has(partner), told.join('\n')).toBe(true);
  const [one] = names;
  if (!one) return;
  const shown = await talk.invoke('maya', 'person show', { who: `#${one.id}` });
  expect(shown.text, told.join('\n')).toContain(`${one.name}:`);
}

it('departures, moves, merges and undo never lose a contact, a promise or a person', async () => {
  for (let number = 0; number < sized(3, 300); number++) await walk(number);
}, 3_600_000);

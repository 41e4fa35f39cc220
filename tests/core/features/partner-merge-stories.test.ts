import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { directoriesOf } from '../../../src/core/domain/directory/directory.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  viewerOf,
} from '../../../src/core/domain/members/visibility.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { newTalk, type Talk, type Who } from '../../fixtures/bot.ts';
import { runs, seed } from '../../fixtures/proof.ts';
import { pick, randomNumbers } from '../../fixtures/random-args.ts';

const NAMES = ['Alder Council', 'Birch School', 'Cedar Trust'] as const;

/** Random things that people do with three partners, two of which are merged and taken apart. */
class Story {
  readonly #talk: Talk;
  readonly #random: () => number;
  readonly #said: string[] = [];
  #words = 0;

  constructor(talk: Talk, random: () => number) {
    this.#talk = talk;
    this.#random = random;
  }

  async say(who: Who, line: string): Promise<void> {
    this.#talk.clock.move({ minutes: 1 });
    const { text } = await this.#talk.say(who, line);
    this.#said.push(`${who}: ${line} -> ${text.slice(0, 90)}`);
  }

  async act(): Promise<void> {
    const one = <T>(items: readonly T[]): T => pick(this.#random, items) as T;
    const name = one(NAMES);
    const who = one(['maya', 'tom', 'grace'] as const);
    const words = `w${++this.#words}w`;
    const { rows } = await this.#talk.store.of(contacts).find({ index: 'byId' }, 50);
    const note = one(rows)?.id;
    const line = one([
      `log "${name}" note:"${words}" when:"${one(['today', 'yesterday', '3 weeks ago'])}"`,
      `log "${name}" note:"${words}" next:"${words}" by:friday`,
      `log private "${name}" note:"${words}"`,
      `followup add ${words} with:"${name}" by:friday`,
      `followup add ${words} with:"${name}" repeat:"every friday"`,
      `followup done w${1 + Math.floor(this.#random() * this.#words)}w`,
      `partner edit "${name}" aliases:"${words}, ${words}x"`,
      `partner edit "${name}" sector:${words} lead:@${one(['Maya', 'Tom'])}`,
      `me interest "${name}" trustee`,
      ...(note ? [`log change which:#${note} with:"${name}"`] : []),
    ]);
    await this.say(who, line);
  }

  /** Fails with what was said before. */
  check(what: string, actual: unknown, expected: unknown): void {
    expect(actual, `${what}\n${this.#said.join('\n')}`).toEqual(expected);
  }

  /** The ids of all rows, with their partners by name; a merged partner has none. */
  async rows(): Promise<Map<string, string>> {
    const { store } = this.#talk;
    const named = await collect(store.of(partners).all({ index: 'byId' }));
    const nameOf = (id: string | null) => {
      const row = named.find((partner) => partner.id === id);
      return row?.mergedInto ? 'merged' : (row?.name ?? 'none');
    };
    const noted = await collect(store.of(contacts).all({ index: 'byId' }));
    const promised = await collect(store.of(followups).all({ index: 'byId' }));
    return new Map([...noted, ...promised].map(({ id, partner }) => [id, nameOf(partner)]));
  }

  async names(): Promise<Set<string>> {
    const rows = await collect(this.#talk.store.of(partners).all({ index: 'byId' }));
    return new Set(
      rows.flatMap(({ mergedInto, name, aliases }) => (mergedInto ? [] : [name, ...aliases])),
    );
  }

  /** The ids of the rows that each of the three may read. */
  async readable(): Promise<Map<Who, Set<string>>> {
    const { store, stores, id } = this.#talk;
    const partnership = await store.of(partnerships).get(id);
    if (!partnership) throw new Error('There is no partnership.');
    const directory = await directoriesOf(stores).of(partnership);
    const noted = await collect(store.of(contacts).all({ index: 'byId' }));
    const promised = await collect(store.of(followups).all({ index: 'byId' }));
    const found = new Map<Who, Set<string>>();
    for (const who of ['maya', 'tom', 'grace'] as const) {
      const viewer = viewerOf(await this.#talk.member(who), directory);
      const seen = [
        ...noted.filter((row) => !isContactHiddenFrom(viewer, row)),
        ...promised.filter((row) => !isFollowupHiddenFrom(viewer, row)),
      ];
      found.set(who, new Set(seen.map((row) => row.id)));
    }
    return found;
  }

  async checkNobodySeesMore(what: string, before: ReadonlyMap<Who, Set<string>>): Promise<void> {
    for (const [who, ids] of await this.readable())
      this.check(
        `${what}: ${who} sees more`,
        [...ids].filter((id) => !before.get(who)?.has(id)),
        [],
      );
  }
}

it('whatever was noted, a merge and its end lose nothing, double nothing, and show nobody more', async () => {
  for (let run = 0; run < runs(12); run++) {
    const random = randomNumbers(seed * 1000 + run);
    const talk = await newTalk();
    const story = new Story(talk, random);
    for (const name of NAMES) await story.say('grace', `partner add "${name}"`);
    if (random() < 0.7) await story.say('grace', 'member tie @Maya "Alder Council"');
    if (random() < 0.3) await story.say('grace', 'member tie @Maya "Birch School"');
    for (let step = 0; step < 14; step++) await story.act();
    const [double, kept] =
      random() < 0.5 ? ['Alder Council', 'Birch School'] : ['Birch School', 'Alder Council'];

    const [rows, names, readable] = [
      await story.rows(),
      await story.names(),
      await story.readable(),
    ];
    await story.say('tom', `partner merge "${double}" into:"${kept}" sure:yes`);
    const merged = new Map([...rows].map(([id, name]) => [id, name === double ? kept : name]));
    story.check('rows after the merge', await story.rows(), merged);
    story.check('names after the merge', await story.names(), names);
    await story.checkNobodySeesMore('after the merge', readable);

    if (random() < 0.5) {
      await story.say('tom', `partner unmerge "${double}"`);
      story.check('rows taken apart', await story.rows(), rows);
      story.check('names taken apart', await story.names(), names);
      story.check('readable taken apart', await story.readable(), readable);
      continue;
    }
    // Things go on, and the two are taken apart later.
    for (let step = 0; step < 6; step++) await story.act();
    const [later, seen, called] = [await story.rows(), await story.readable(), await story.names()];
    await story.say('tom', `partner unmerge "${kept}"`);
    const after = await story.rows();
    story.check('all are there', [...after.keys()].toSorted(), [...later.keys()].toSorted());
    const lost = [...after].filter(([, name]) => name === 'merged' || name === 'none');
    story.check(
      'rows of no partner',
      lost,
      [...later].filter(([, name]) => name === 'none'),
    );
    const stillCalled = await story.names();
    story.check(
      'names that are lost',
      [...called].filter((name) => !stillCalled.has(name)),
      [],
    );
    // What was noted before the two became one, and what everybody saw meanwhile.
    const known = new Map(
      [...seen].map(([who, ids]) => [who, new Set([...ids, ...(readable.get(who) ?? [])])]),
    );
    await story.checkNobodySeesMore('taken apart later', known);
  }
}, 600_000);

import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { createBot } from '../../../src/core/bot/bot.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { READ_BY_EVERYBODY } from '../../../src/core/domain/members/visibility.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { memberId, newTalk, profileOf, type Talk } from '../../fixtures/bot.ts';
import { failAfterWrites } from '../../fixtures/fail-after-writes.ts';

/** More contacts than are written together. */
const CONTACTS = 520;

async function withManyContacts(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('grace', 'partner add "Old Town Hall"');
  await talk.say('grace', 'log riverside council met the clerk');
  await talk.say('grace', 'member tie @Maya old town hall');
  const partner = await idOf(talk, 'Old Town Hall');
  const rows = Array.from({ length: CONTACTS }, (_, index) => ({
    id: `${talk.id}-contact-${index}`,
    partner,
    day: '2026-10-01',
    how: null,
    twoWay: true,
    note: `the hall ${index}`,
    by: memberId(talk.id, 'tom'),
    loggedAt: new Date('2026-10-01T10:00:00Z'),
    answerNotedAt: null,
    ...READ_BY_EVERYBODY,
  }));
  await talk.store.of(contacts).insertAll(rows);
  return talk;
}

async function idOf({ store }: Talk, name: string): Promise<string> {
  const rows = await collect(store.of(partners).all({ index: 'byKey' }));
  return rows.find((row) => row.name === name)?.id ?? '';
}

const countOf = async (talk: Talk, name: string): Promise<number> =>
  talk.store.of(contacts).count({ index: 'byPartner', where: { partner: await idOf(talk, name) } });

/** Grace types a line to a process that dies after some writes. @returns whether it died */
async function sayUntilCut(talk: Talk, line: string, writes: number): Promise<boolean> {
  const stores = failAfterWrites(talk.stores, writes);
  const log = { info() {}, warn() {}, error() {} };
  const { clock, erasureRecords } = talk;
  const deps = { stores, clock, commands: allCommands(), erasureRecords, log, wake() {} };
  const bot = createBot(deps);
  const at = { platform: 'test', workspace: 'W' };
  await bot.handle({
    ...bot.parseLine(line),
    actor: { ...at, user: 'grace' },
    place: { ...at, channel: 'direct-grace', direct: true },
    profiles: { grace: profileOf('Grace') },
    partnership: talk.id,
    key: `${talk.id}/${line}`,
  });
  return stores.wasCut();
}

const MERGE = 'partner merge "old town hall" into:"riverside council" sure:yes';

it.each([0, 1, 2, 4, 6, 7, 8])(
  'a merge that is cut off after %i writes loses nothing, and goes on when it is asked for again',
  async (writes) => {
    const talk = await withManyContacts();
    const wasCut = await sayUntilCut(talk, MERGE, writes);
    if (writes < 7) expect(wasCut).toBe(true);
    const names = ['Riverside Council', 'Old Town Hall'];
    const counts = await Promise.all(names.map((name) => countOf(talk, name)));
    expect(counts.reduce((sum, one) => sum + one)).toBe(CONTACTS + 1);
    // Whoever belongs to the old hall sees none of its notes meanwhile.
    for (const name of names)
      expect((await talk.say('maya', `partner show "${name}"`)).text).not.toContain('the hall');
    if (wasCut) expect((await talk.say('grace', MERGE)).text).toContain('Done.');
    expect(await countOf(talk, 'Riverside Council')).toBe(CONTACTS + 1);
    const apart = 'partner unmerge "old town hall"';
    if (await sayUntilCut(talk, apart, writes))
      expect((await talk.say('grace', apart)).text).toContain('Taken apart.');
    expect(await countOf(talk, 'Riverside Council')).toBe(1);
    expect(await countOf(talk, 'Old Town Hall')).toBe(CONTACTS);
    const shown = await talk.say('maya', 'partner show riverside council');
    expect(shown.text).toContain('met the clerk');
    const hidden = await talk.say('maya', 'partner show old town hall');
    expect(hidden.text).not.toContain('the hall 1');
    expect((await talk.say('grace', 'partner show old town hall')).text).toContain('the hall');
  },
);

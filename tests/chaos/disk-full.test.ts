import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectStore } from '../../src/adapters/sqlite/read-database.ts';
import { collect } from '../../src/core/async/collect.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { partners } from '../../src/core/domain/partners/partner.ts';
import { receipts } from '../../src/core/domain/receipts/receipt.ts';
import { atEnd } from '../fixtures/at-end.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { type LimitedStore, openLimitedStore } from '../fixtures/limited-store.ts';
import { isProof, sized } from '../fixtures/proof.ts';

const CONCURRENT_TALKERS = 12;
/** How often each of them is refused before there is room again. */
const REFUSALS_EACH = sized(3, 20);
/** How much each of them notes before the disk is full, and after there is room again. */
const CONTACTS_EACH = sized(5, 50);

/** How a disk is filled, and emptied again. */
interface Disk {
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
}

async function fillInTheMiddle(store: LimitedStore, { fill, makeRoom }: Disk): Promise<void> {
  const talk = await newTalk(store.stores);
  await talk.say('tom', 'partner add Riverside Council');
  const answered: string[] = [];
  const refused: string[] = [];
  let count = 0;
  const note = async (): Promise<boolean> => {
    const title = `paper number ${++count}`;
    const line = `log riverside council asked for ${title} next:"send ${title}" by:friday`;
    const { text } = await talk.say('tom', line);
    const isNoted = text.startsWith('Noted');
    if (!isNoted) expect(text).toContain("I couldn't do that: my disk is full");
    (isNoted ? answered : refused).push(title);
    return isNoted;
  };
  const all = (work: () => Promise<void>) =>
    Promise.all(Array.from({ length: CONCURRENT_TALKERS }, work));
  const noteSome = async () => {
    for (let noted = 0; noted < CONTACTS_EACH; noted++) expect(await note()).toBe(true);
  };

  await all(noteSome);
  const filling = fill();
  await all(async () => {
    for (let refusals = 0; refusals < REFUSALS_EACH; ) if (!(await note())) refusals++;
  });
  await filling;
  const shown = await talk.say('grace', 'partner show riverside council');
  expect(shown.text).toContain('asked for paper number');
  await expect(store.ping()).rejects.toThrow(/is full\. Make room/);

  await makeRoom();
  await all(noteSome);
  await store.ping();
  expect(talk.errors).toEqual([]);
  expect(await notedTitles(talk)).toEqual(answered.toSorted());
  expect(refused.length).toBeGreaterThanOrEqual(CONCURRENT_TALKERS * REFUSALS_EACH);
  // The trouble was logged once.
  expect(store.logged.map(({ fields }) => fields)).toEqual([{ trouble: 'full' }]);
  // The whole file can be read.
  await inspectStore(store.dataDir);
}

/** What was noted. The contact, its follow-up and its receipt are all there, or none. */
async function notedTitles({ store, stores }: Talk): Promise<string[]> {
  const titles = (texts: readonly (string | null)[]) =>
    texts.flatMap((text) => text?.match(/paper number \d+/) ?? []).toSorted();
  const everyContact = await collect(store.of(contacts).all({ index: 'byId' }));
  const everyFollowup = await collect(store.of(followups).all({ index: 'byId' }));
  const everyReceipt = await collect(stores.global(receipts).all({ index: 'byId' }));
  const noted = titles(everyContact.map((contact) => contact.note));
  expect(titles(everyFollowup.map(({ title }) => title))).toEqual(noted);
  expect(everyReceipt.filter(({ command }) => command === 'log')).toHaveLength(noted.length);
  const [partner] = await collect(store.of(partners).all({ index: 'byId' }));
  expect(partner?.lastContact).toBe('2026-11-18');
  return noted;
}

it('when the disk gets full while twelve write, nothing that was answered is lost, and it goes on by itself', async () => {
  const store = await openLimitedStore();
  await fillInTheMiddle(store, { fill: store.fillDisk, makeRoom: store.makeRoom });
});

/** Why a small disk cannot be mounted; undefined if it can. */
const noMount = !isProof
  ? 'only in npm run proof'
  : process.getuid?.()
    ? 'only as root'
    : undefined;

it('the same on a small disk of its own', async ({ skip }) => {
  if (noMount) skip(noMount);
  const folder = mkdtempSync(join(tmpdir(), 'convenor-disk-'));
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { encoding: 'utf8' });
  const mounted = run('mount', '-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder);
  if (mounted.status !== 0) skip(`mount: ${mounted.stderr}`);
  atEnd(() => {
    // Lazily: the binding for Node 20 keeps the file open until its statements are collected.
    run('umount', '-l', folder);
    rmdirSync(folder);
  });
  const store = await openLimitedStore([], folder);
  await fillInTheMiddle(store, {
    // It gets full by what is noted.
    fill: async () => {},
    makeRoom: async () => void run('mount', '-o', 'remount,size=64m', folder),
  });
});

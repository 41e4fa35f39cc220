import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { newTalk, type Said, type Talk, ZONE } from '../../fixtures/bot.ts';
import { type DigestFigures, DigestRecord, figuresIn } from '../../fixtures/digest-record.ts';
import { seed, sized } from '../../fixtures/proof.ts';
import { pick, randomNumbers } from '../../fixtures/random-args.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

/** How many weeks one walk has. */
const WEEKS = sized(10, 30);
const WALKS = sized(2, 40);
const FIRST_MONDAY = DateTime.fromISO('2026-11-23T09:00', { zone: ZONE });
const NO_NEWS_WEEKS = 4;

/** People do random things for weeks. Each digest and preview is compared with the test's own record. */
class DigestWalk {
  readonly talk: Talk;
  readonly worker: TestWorker;
  readonly #random: () => number;
  readonly #record = new DigestRecord();
  /** How many weeks in a row had no news. */
  #silent = 0;
  #names = 0;

  constructor(talk: Talk, worker: TestWorker, random: () => number) {
    this.talk = talk;
    this.worker = worker;
    this.#random = random;
  }

  async walk(): Promise<void> {
    await this.#addPartner();
    await this.#addPartner();
    await this.talk.say('grace', 'digest schedule channel:<#news> day:monday at:9am');
    for (let week = 0; week < WEEKS; week++) {
      const monday = FIRST_MONDAY.plus({ weeks: week });
      const isBusy = this.#random() < 0.75;
      for (let slot = 1; isBusy && slot < 6; slot++) {
        const at = monday.minus({ days: 6 - slot }).plus({ minutes: this.#below(400) });
        if (at.toJSDate() <= this.talk.clock.now()) continue;
        await this.worker.until(at.toJSDate().toISOString());
        await this.#step();
        if (this.#random() < 0.2) await this.#look();
      }
      await this.#post(monday);
    }
  }

  /** The digest of a Monday arrives, is late, cannot be sent, or its answer is lost; or it is skipped after downtime. */
  async #post(monday: DateTime): Promise<void> {
    const at = monday.toJSDate();
    const [before, kind] = [this.#posts().length, this.#random()];
    let faults = 1;
    this.worker.platform.onSend = async ({ address }) => {
      if (address.to !== 'channel' || faults-- < 1) return undefined;
      return kind < 0.1 ? 'lost answer' : kind < 0.2 ? 'gone' : undefined;
    };
    if (kind > 0.9) {
      await this.worker.until(monday.minus({ hours: 2 }).toJSDate().toISOString());
      // Nothing is sent for a while, but people note things.
      this.talk.clock.set(monday.plus({ hours: 3 }).toJSDate().toISOString());
      await this.#log();
      const back = kind > 0.95 ? { hours: 30 } : { hours: 5 };
      this.talk.clock.set(monday.plus(back).toJSDate().toISOString());
      await this.worker.sweep();
    }
    await this.worker.until(
      monday
        .plus({ hours: kind > 0.9 ? 31 : 1 })
        .toJSDate()
        .toISOString(),
    );

    const posts = this.#posts().slice(before);
    const expected = this.#record.figuresAt(at);
    const hasNews = this.#hasNews(expected, at);
    if (kind > 0.95) {
      expect(posts).toEqual([]);
      this.#record.failed(at);
      return;
    }
    this.#silent = hasNews ? 0 : this.#silent + 1;
    const isDue = hasNews || this.#silent % NO_NEWS_WEEKS === 0;
    const isGone = kind >= 0.1 && kind < 0.2;
    expect(posts).toHaveLength(isDue && !isGone ? 1 : 0);
    if (isDue && isGone) this.#record.failed(at);
    if (isDue) this.#silent = 0;
    const [post] = posts;
    if (post === undefined) return;
    if (hasNews) expect(figuresIn(post)).toEqual(expected);
    else expect(post).toContain('no contact has been noted');
    this.#record.arrived(at, figuresIn(post));
  }

  #hasNews(figures: DigestFigures, at: Date): boolean {
    const { contacts, tries, kept, due, newlyOurs, newlyTheirs, newlyQuiet } = figures;
    const news = contacts + tries + kept + due + newlyOurs + newlyTheirs + newlyQuiet;
    return news > 0 || this.#record.hasNewPartners(at);
  }

  /** A preview, or an extra post, says what a digest as of now says, and moves nothing. */
  async #look(): Promise<void> {
    const line = this.#random() < 0.5 ? 'digest preview' : 'digest now';
    const { text } = await this.talk.say('grace', line);
    const now = this.talk.clock.now();
    expect(figuresIn(text)).toEqual(this.#record.figuresAt(now));
  }

  #step(): Promise<void> {
    const kind = this.#random();
    if (kind < 0.4) return this.#log();
    if (kind < 0.5) return this.#correct();
    if (kind < 0.6) return this.#remove();
    if (kind < 0.75) return this.#promise();
    if (kind < 0.95) return this.#finish();
    return this.#addPartner();
  }

  async #addPartner(): Promise<void> {
    const [name, weeks] = [this.#newName('Partner'), 1 + this.#below(4)];
    await this.talk.say('grace', `partner add "${name}" every:"${weeks} weeks"`);
    this.#record.partners.set(name, { addedAt: this.talk.clock.now(), weeks });
  }

  /** Notes a contact of today or of some weeks ago, or a try; sometimes takes it back at once. */
  async #log(): Promise<void> {
    const partner = this.#pick([...this.#record.partners.keys()]);
    if (!partner) return;
    const loggedAt = this.talk.clock.now();
    const local = DateTime.fromJSDate(loggedAt, { zone: ZONE });
    const past = this.#random() < 0.5 ? this.#below(20) : 0;
    const day = local.minus({ days: past }).toFormat('yyyy-MM-dd');
    const replied = this.#random() < 0.7;
    const args = { with: partner, when: day, ...(replied ? {} : { noreply: 'yes' }) };
    const said = await this.talk.invoke('tom', 'log', args);
    if (this.#random() < 0.1) return void (await this.talk.press('tom', 'Undo', said));
    const rows = await collect(this.talk.store.of(contacts).all({ index: 'byId' }));
    const row = rows.find(({ id }) => !this.#record.contacts.has(id));
    if (!row) throw new Error(`It was not noted: ${said.text}`);
    const answeredAt = replied ? loggedAt : undefined;
    this.#record.contacts.set(row.id, { partner, day, loggedAt, replied, answeredAt });
  }

  /** Corrects whether they replied. */
  async #correct(): Promise<void> {
    const found = this.#pick([...this.#record.contacts]);
    if (!found) return;
    const [id, contact] = found;
    const replied = !contact.replied;
    const args = { which: `#${id}`, reply: replied ? 'yes' : 'no' };
    await this.talk.invoke('tom', 'log change', args);
    const answeredAt = contact.answeredAt ?? (replied ? this.talk.clock.now() : undefined);
    this.#record.contacts.set(id, { ...contact, replied, answeredAt });
  }

  /** Removes a contact, however old it is. */
  async #remove(): Promise<void> {
    const found = this.#pick([...this.#record.contacts]);
    if (!found) return;
    const [id] = found;
    const said = await this.talk.invoke('tom', 'log remove', { which: `#${id}` });
    if (said.buttons.includes('Remove it')) await this.talk.press('tom', 'Remove it', said);
    this.#record.contacts.delete(id);
  }

  async #promise(): Promise<void> {
    const partner = this.#pick([...this.#record.partners.keys()]);
    if (!partner) return;
    const [title, ours] = [this.#newName('thing'), this.#random() < 0.6];
    const local = DateTime.fromJSDate(this.talk.clock.now(), { zone: ZONE });
    const dueDay = local.plus({ days: 1 + this.#below(20) }).toFormat('yyyy-MM-dd');
    const args = { next: title, with: partner, by: dueDay, ...(ours ? {} : { whose: 'theirs' }) };
    const said = await this.talk.invoke('tom', 'followup add', args);
    expect(said.text).toContain(title);
    this.#record.promises.set(title, { dueDay, ours, doneAt: undefined });
  }

  /** Ticks off a promise; sometimes takes that back at once. */
  async #finish(): Promise<void> {
    const open = [...this.#record.promises].filter(([, { doneAt }]) => !doneAt);
    const found = this.#pick(open);
    if (!found) return;
    const [title, promise] = found;
    const rows = await collect(this.talk.store.of(followups).all({ index: 'byId' }));
    const id = rows.find((row) => row.title === title)?.id;
    const said: Said = await this.talk.invoke('tom', 'followup done', { which: `#${id}` });
    if (this.#random() < 0.2) return void (await this.talk.press('tom', 'Undo', said));
    this.#record.promises.set(title, { ...promise, doneAt: this.talk.clock.now() });
  }

  #posts(): string[] {
    return this.worker.channel('news');
  }

  #newName(word: string): string {
    this.#names++;
    // Letters, since names that differ by a digit only look alike.
    return `${word} ${[...String(this.#names)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return pick(this.#random, items);
  }
}

it.each(Array.from({ length: WALKS }, (_, index) => seed + index))(
  'every figure of every digest is what was noted (seed %i)',
  { timeout: sized(30_000, 300_000) },
  async (number) => {
    const talk = await newTalk();
    const walk = new DigestWalk(talk, await newWorker(talk), randomNumbers(number));
    await walk.walk();
    expect(talk.errors).toEqual([]);
  },
);

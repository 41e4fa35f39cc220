import { expect, it } from 'vitest';
import { addToDay, dayOf, instantOf, minuteOf } from '../../src/core/dates/day.ts';
import { timeText } from '../../src/core/dates/time-of-day.ts';
import { scheduleBrief } from '../../src/core/domain/briefs/schedule.ts';
import { type Member, members, zoneOf } from '../../src/core/domain/members/member.ts';
import { partners } from '../../src/core/domain/partners/partner.ts';
import { withQuiet } from '../../src/core/domain/partners/rules.ts';
import {
  namesChanged,
  type Partnership,
  partnerships,
} from '../../src/core/domain/partnerships/partnership.ts';
import type { Reply } from '../../src/core/message/reply.ts';
import { plainText, type RichText } from '../../src/core/message/rich-text.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import {
  buttonIn,
  memberId,
  newTalk,
  type Said,
  type Talk,
  type Who,
  ZONE,
} from '../fixtures/bot.ts';
import { seed, sized } from '../fixtures/proof.ts';
import { randomNumbers } from '../fixtures/random-args.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

/** How many answers are compared with what came, and how many of them happen in one partnership. */
const CASES = sized(160, 10_000);
const CASES_PER_PARTNERSHIP = 40;

const EVERYBODY = ['maya', 'tom', 'grace'] as const satisfies readonly Who[];

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const ZONES = [
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
] as const;
const QUIET_HOURS = [null, 'none', '20:00-08:00', '22:00-06:30', '12:00-14:00', '01:30-03:00'];
const REPEATS = ['every day', 'every monday', 'every thursday at 7pm', 'monthly on the 15th'];

/** What an answer says about the future. Days and times are those of its reader. */
type Claim =
  | { kind: 'reminder'; at: string }
  | { kind: 'brief'; at: string; again: string | undefined }
  | { kind: 'nothing in time'; next: string | undefined };

/** One message to the owner: the local day and time, and all its words. */
interface Received {
  user: string;
  at: Date;
  words: string;
}

/** A partnership in which members note promises, and the answers are compared with what comes. */
class PromiseWalk {
  readonly #received: Received[] = [];
  readonly #talk: Talk;
  readonly #worker: TestWorker;
  readonly #random: () => number;
  #cases = 0;
  /** What was typed in this case, for the report of a failure. */
  #past: string[] = [];

  private constructor(talk: Talk, worker: TestWorker, random: () => number) {
    [this.#talk, this.#worker, this.#random] = [talk, worker, random];
    worker.platform.onSend = async ({ address, reply }) => {
      if (address.to !== 'user') return;
      const { user } = address.identity;
      this.#received.push({ user, at: talk.clock.now(), words: wordsOf(reply) });
    };
  }

  static async start(random: () => number): Promise<PromiseWalk> {
    const talk = await newTalk();
    const start = Date.UTC(2026, 0, 1) + Math.floor(random() * 1_000) * DAY_MS;
    talk.clock.set(new Date(start).toISOString());
    const worker = await newWorker(talk);
    await talk.say('tom', 'partner add Oakfield School level:local');
    return new PromiseWalk(talk, worker, random);
  }

  /** Notes something at a random time with random settings, and compares the answer with what comes. */
  async tryOne(): Promise<void> {
    this.#past = [];
    const title = `Task${++this.#cases}x`;
    const who = this.#pick(EVERYBODY);
    await this.#wait(this.#number(DAY_MS));
    if (this.#chance(0.1)) return this.#putOffQuiet(who);
    await this.#changeSettings([who]);
    // Briefs that are due now are sent first: an answer in the same second could not know.
    await this.#wait(MINUTE_MS);

    const zone = await this.#zoneOf(who);
    const other = this.#chance(0.3) ? `Other${this.#cases}x` : undefined;
    if (other) await this.#say(who, `followup add ${other} by:"${this.#day(zone)}"`);
    const said = await this.#note(who, title, zone);
    const text = markedText(said.reply.text);
    // A clock time that is kept can be over on the new day.
    if (!text.includes('is in the past')) {
      const claim = claimOf(text, zone);
      const problem = claim
        ? await this.#difference(claim, { who, title, zone, text, other })
        : 'the answer says nothing about the future';
      if (problem) this.#fail(problem, text);
    }
    await this.#close(who, title);
    if (other) await this.#close(who, other);
  }

  #fail(problem: string, text: string): never {
    const errors = JSON.stringify(this.#talk.errors);
    throw new Error([`Case ${this.#cases}: ${problem}`, ...this.#past, text, errors].join('\n'));
  }

  async #close(who: Who, title: string): Promise<void> {
    await this.#talk.invoke(who, 'followup cancel', { which: title, scope: 'all' });
  }

  /** Puts off a partner that is quiet, and looks who hears of it when. */
  async #putOffQuiet(who: Who): Promise<void> {
    const { store, clock } = this.#talk;
    await this.#changeSettings(EVERYBODY);
    const rows = store.of(partners);
    const [school] = (await rows.find({ index: 'byName', where: { archived: false } }, 1)).rows;
    const lead = this.#pick([null, ...EVERYBODY]);
    const partnership = await this.#partnership();
    await updateWithRetry(rows, school?.id ?? '', (row) => ({
      ...withQuiet({ ...row, lastTwoWay: '2020-01-01', quietOn: null, nudgeOn: null }, partnership),
      lead: lead && memberId(this.#talk.id, lead),
    }));
    const zone = await this.#zoneOf(who);
    const said = await this.#say(who, `quiet later oakfield school by:"${this.#day(zone, 1)}"`);
    const text = markedText(said.reply.text);
    const [, name, day = '', time] =
      /again in (your|\w+'s) brief on <([^>]+)>(?: at (\d\d:\d\d))?;/.exec(text) ?? [];
    const from = this.#received.length;
    const until = day === '' ? addToDay(dayOf(clock.now(), zone), { days: 30 }) : day;
    await this.#worker.until(instantOf(addToDay(until, { days: 2 }), 0, zone).toISOString());
    const [first] = this.#received
      .slice(from)
      .filter(({ words }) => words.includes('Oakfield School'));
    if (day === '') {
      if (first || !text.includes('nobody gets a brief')) this.#fail('somebody heard of it', text);
    } else {
      const reader = name === 'your' ? who : name?.slice(0, -2).toLowerCase();
      const at = first && localTime(first.at, await this.#zoneOf(first.user as Who));
      if (first?.user !== reader || !at?.startsWith(time ? `${day} ${time}` : day))
        this.#fail(`${first?.user} heard of it at ${at}`, text);
    }
    await updateWithRetry(rows, school?.id ?? '', (row) => ({
      ...row,
      ...{ lastTwoWay: null, quietOn: null, nudgeOn: null },
    }));
  }

  async #note(who: Who, title: string, zone: string): Promise<Said> {
    const say = (line: string) => this.#say(who, line);
    const add = (rest: string) => say(`followup add ${title} ${rest}`);
    const anyTime = () => (this.#chance(0.5) ? this.#day(zone) : this.#moment(zone));
    switch (this.#number(11)) {
      case 0:
        return add(`by:"${this.#moment(zone)}"`);
      case 1:
        return say(`log oakfield school met next:"${title}" by:"${anyTime()}"`);
      case 2:
        return add(`by:"${this.#day(zone)}" whose:theirs`);
      case 3:
        return add(`repeat:"${this.#pick(REPEATS)}"`);
      case 4:
        await add(`by:"${anyTime()}"`);
        return say(`followup later ${title} by:"${anyTime()}"`);
      case 5:
        await add(`by:"${anyTime()}"`);
        return say(`followup edit ${title} next:"${title} now" by:"${this.#day(zone, 1)}"`);
      case 6: {
        const said = await add(`by:"${this.#day(zone)}"`);
        const offer = said.buttons.find((label) => label.startsWith('Remind me'));
        if (!offer) return said;
        this.#past.push(`presses ${offer}`);
        return this.#talk.press(who, buttonIn(said, offer));
      }
      case 7:
        return add(`by:"${this.#day(zone)}" whose:theirs with:"oakfield school"`);
      case 8: {
        const asker = who === 'tom' ? 'maya' : 'tom';
        const owner = `#${memberId(this.#talk.id, who)}`;
        await this.#say(asker, `followup add ${title} by:"${this.#day(zone, 1)}" who:${owner}`);
        this.#past.push(`${who} says yes`);
        return this.#talk.invoke(who, 'followup accept', { which: title });
      }
      case 9:
        await add('by:today');
        return say(`today move by:"${this.#day(zone, 1)}"`);
      default:
        return add(`by:"${this.#day(zone)}"`);
    }
  }

  /** What came otherwise than the answer said; undefined if all is as it said. */
  async #difference(
    claim: Claim,
    about: { who: Who; title: string; zone: string; text: string; other: string | undefined },
  ): Promise<string | undefined> {
    const { who, title, zone, text, other } = about;
    const from = this.#received.length;
    const came = () =>
      this.#received
        .slice(from)
        .filter(({ user, words }) => user === who && words.includes(title))
        .map(({ at }) => localTime(at, zone));
    const until = async (day: string, time = '23:59') => {
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      const at = instantOf(day, hour * 60 + minute, zone);
      if (at > this.#talk.clock.now())
        await this.#worker.until(new Date(at.getTime() + MINUTE_MS - 1).toISOString());
    };
    if (claim.kind === 'nothing in time') {
      await until(dueDayIn(text, zone) ?? '');
      if (came().length > 0) return `it came at ${came()}`;
      if (!claim.next) return undefined;
      await until(claim.next);
      const first = came()[0]?.slice(0, 10);
      // If briefs about something else are ignored before then, they come more rarely.
      const isRarer = other !== undefined && first === undefined;
      return first === claim.next || isRarer ? undefined : `it came on ${first}`;
    }
    const [day = '', time] = claim.at.split(' ');
    await until(day, time);
    // A reminder has a time of its own; briefs can mention the same before it. A brief is the first, unless ignored briefs
    // about something else made them rarer: a weekly one looks further ahead.
    const isSo =
      claim.kind === 'brief' && !other ? came()[0] === claim.at : came().includes(claim.at);
    if (!isSo) return `it came at ${came()}`;
    if (claim.kind === 'reminder' || !claim.again) return undefined;
    const [dayAgain = '', timeAgain] = claim.again.split(' ');
    await until(dayAgain, timeAgain);
    return came().includes(claim.again) ? undefined : `again, it came at ${came()}`;
  }

  /** Gives the partnership and a member random settings, as the commands for them would. */
  async #changeSettings(changed: readonly Who[]): Promise<void> {
    const { store, id, clock } = this.#talk;
    const now = clock.now();
    const today = dayOf(now, ZONE);
    const daysAhead = (most: number) => addToDay(today, { days: 1 + this.#number(most) });
    const holiday = daysAhead(20);
    const general: Partial<Partnership> = {
      zone: this.#pick(ZONES),
      workingDays: this.#chance(0.7) ? [1, 2, 3, 4, 5] : this.#weekdays(),
      calendar: this.#pick(['england-and-wales', 'none']),
      quietHours: this.#pick(QUIET_HOURS),
      weeklyCap: this.#pick([null, 0, 1]),
      holidays: this.#chance(0.3)
        ? [{ from: holiday, to: addToDay(holiday, { days: this.#number(10) }) }]
        : null,
      partnerHolidays: this.#chance(0.3)
        ? [{ from: holiday, to: addToDay(holiday, { days: 5 }), partner: null, level: 'local' }]
        : null,
    };
    const partnership = await updateWithRetry(store.of(partnerships), id, (row) => ({
      ...row,
      ...general,
    }));
    this.#past.push(`${now.toISOString()} ${JSON.stringify(general)}`);
    for (const who of EVERYBODY) {
      const own = changed.includes(who) ? this.#ownSettings(today) : { rhythm: 'off' as const };
      if (changed.includes(who)) this.#past.push(`${who}: ${JSON.stringify(own)}`);
      await updateWithRetry(store.of(members), memberId(id, who), (row) =>
        scheduleBrief({ ...row, ...own }, partnership as Partnership, now),
      );
    }
    await namesChanged(store);
  }

  #ownSettings(today: string): Partial<Member> {
    const rhythm = this.#pick(['daily', 'daily', 'weekly', 'dated', 'off'] as const);
    const isRarer = (rhythm === 'weekly' || rhythm === 'dated') && this.#chance(0.3);
    return {
      zone: this.#pick([null, ...ZONES]),
      briefAt: this.#number(96) * 15,
      briefDays: this.#chance(0.6) ? null : this.#weekdays(),
      rhythm,
      quietHours: this.#pick(QUIET_HOURS),
      pausedUntil: this.#chance(0.2) ? addToDay(today, { days: 1 + this.#number(15) }) : null,
      steppedBackAt: isRarer ? this.#talk.clock.now() : null,
    };
  }

  #say(who: Who, line: string): Promise<Said> {
    this.#past.push(`${this.#talk.clock.now().toISOString()} ${who}: ${line}`);
    return this.#talk.say(who, line);
  }

  async #zoneOf(who: Who): Promise<string> {
    return zoneOf(await this.#talk.member(who), await this.#partnership());
  }

  async #partnership(): Promise<Partnership> {
    return (await this.#talk.store.of(partnerships).get(this.#talk.id)) as Partnership;
  }

  #wait(ms: number): Promise<void> {
    return this.#worker.until(new Date(this.#talk.clock.now().getTime() + ms).toISOString());
  }

  /** A day of the next two weeks; often today. */
  #day(zone: string, soonest = 0): string {
    const ahead = this.#chance(0.3) ? soonest : soonest + this.#number(14);
    return addToDay(dayOf(this.#talk.clock.now(), zone), { days: ahead });
  }

  /** A minute of the next week that exists in a zone. */
  #moment(zone: string): string {
    const at = new Date(this.#talk.clock.now().getTime() + MINUTE_MS * (2 + this.#number(10_000)));
    return localTime(at, zone);
  }

  #weekdays(): number[] {
    return [1, 2, 3, 4, 5, 6, 7].filter(() => this.#chance(0.4));
  }

  #chance(part: number): boolean {
    return this.#random() < part;
  }

  #number(below: number): number {
    return Math.floor(this.#random() * below);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#number(items.length)] as T;
  }
}

/** The day and time of an instant in a zone: `2026-11-18 09:00`. */
function localTime(at: Date, zone: string): string {
  return `${dayOf(at, zone)} ${timeText(minuteOf(at, zone))}`;
}

/** Rich text with days and moments that a test can read. */
function markedText(text: RichText): string {
  return text
    .map((node) => {
      if ('day' in node) return `<${node.day}>`;
      return 'moment' in node ? `<${node.moment}>` : plainText([node], ZONE);
    })
    .join('');
}

/** The local day by which something is due, as an answer has it. */
function dueDayIn(text: string, zone: string): string | undefined {
  const due = / (?:by|to) <([^>]+)>/.exec(text)?.[1];
  return due && (due.length > 10 ? dayOf(new Date(due), zone) : due);
}

function claimOf(text: string, zone: string): Claim | undefined {
  const dueDay = dueDayIn(text, zone);
  if (/ (?:remind you|ask you about it) then\./.test(text)) {
    const at = new Date(/ by <([^>]+)>/.exec(text)?.[1] ?? '');
    return { kind: 'reminder', at: localTime(at, zone) };
  }
  const when = '(that day|on <[^>]+>) at (\\d\\d:\\d\\d)';
  const brief = new RegExp(`in your brief ${when}(?:, and again ${when})?\\.`).exec(text);
  const timeOf = (day: string | undefined, time: string | undefined) =>
    day && `${day === 'that day' ? dueDay : day.slice(4, -1)} ${time}`;
  if (brief) {
    const again = timeOf(brief[3], brief[4]);
    return { kind: 'brief', at: timeOf(brief[1], brief[2]) ?? '', again };
  }
  if (!text.includes('othing will remind you')) return undefined;
  return { kind: 'nothing in time', next: /No brief mentions it before <([^>]+)>/.exec(text)?.[1] };
}

function wordsOf({ text, card = [] }: Reply): string {
  const parts = card.flatMap((block) => ('text' in block ? [block.text] : []));
  return [text, ...parts].map((part) => plainText(part, ZONE)).join('\n');
}

it(
  `what ${CASES} answers say about the future is what comes, to the minute`,
  async () => {
    const random = randomNumbers(seed);
    for (let done = 0; done < CASES; done += CASES_PER_PARTNERSHIP) {
      const walk = await PromiseWalk.start(random);
      for (let index = 0; index < CASES_PER_PARTNERSHIP; index++) await walk.tryOne();
    }
    expect(CASES).toBeGreaterThan(0);
  },
  sized(60_000, 3_600_000),
);

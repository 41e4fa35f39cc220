import { addToDay, type Day, dayOf, daysBetween, instantOf, minuteOf } from '../../dates/day.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { type Digest, type DigestRhythm, digestId, digests } from '../../domain/digests/digest.ts';
import { scheduleDigest } from '../../domain/digests/schedule.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Store } from '../../ports/store.ts';

/**
 * A post counts what was noted up to this long before it (ms). A command that began just before the post may store its
 * rows just after it was composed: the next post counts them.
 */
const STORING_MARGIN_MS = 10_000;

/** What a digest counts: everything that was noted since the last post. */
export interface DigestWindow {
  rhythm: DigestRhythm;
  /** What was noted at this instant or later counts. */
  from: Date;
  /** What was noted before this instant counts. */
  until: Date;
  /** The day of `from`, in the partnership's zone. */
  fromDay: Day;
  /** The day of the post. */
  today: Day;
  /** The last day before the next post, for promises that fall due. */
  dueUntil: Day;
  /** True if `dueUntil` is about a week or a month ahead, as the rhythm says. */
  isNextRegular: boolean;
  /** True if nothing was posted yet. Then a contact of a day before `fromDay` does not count. */
  isFirst: boolean;
  /** True if it is about as long as the rhythm says, so that "the week" is the right word. */
  isRegular: boolean;
  /** What the last post said; undefined if there was none, or if it was about a longer or shorter time. */
  last: PostedFigures | undefined;
}

/** The figures of a post with which the next one compares its own. */
export interface PostedFigures {
  contacts: number;
  kept: number;
}

const steps = { weekly: { weeks: 1 }, monthly: { months: 1 } } as const;
/** How many days lie between two posts of a rhythm, give or take a day. A month's first Monday comes after 28 or 35. */
const regularDays = { weekly: [6, 8], monthly: [27, 36] } as const;

/**
 * The window of a digest: from the end of the last post to now, or to a post that is due. Previews and posts use it, so
 * that they say the same. If the last post was skipped or could not be sent, the window begins with the one before it.
 * @param at.dueAt when the post is due; undefined: it is a preview, or an extra post, as of `now`.
 */
export async function readDigestWindow(
  rhythm: DigestRhythm,
  { now, dueAt }: { now: Date; dueAt?: Date },
  { partnership, store }: { partnership: Partnership; store: Store },
): Promise<DigestWindow> {
  const { zone } = partnership;
  const id = digestId(partnership.id, rhythm);
  const end = dueAt ?? now;
  const [digest, { posted, firstTried }] = await Promise.all([
    store.of(digests).get(id),
    readLedger(id, end, store),
  ]);
  const today = dayOf(end, zone);
  const from = posted ? endOfPost(posted, zone) : periodBefore(firstTried ?? end, rhythm, zone);
  const fromDay = dayOf(from, zone);
  const next = nextPostingDay(digest, rhythm, today, partnership);
  const isRegular = isRegularTime(rhythm, fromDay, today);
  const figures = posted && figuresIn(posted.items);
  const isComparable =
    figures && isRegular && isRegularTime(rhythm, dayOf(figures.from, zone), fromDay);
  return {
    rhythm,
    from,
    // What was noted at this very instant is in a preview.
    until: dueAt ? withMargin(dueAt) : new Date(now.getTime() + 1),
    fromDay,
    today,
    dueUntil: addToDay(next, { days: -1 }),
    isNextRegular: isRegularTime(rhythm, today, next),
    isFirst: !posted,
    isRegular,
    last: isComparable ? figures : undefined,
  };
}

/** What a post says of itself in the ledger, for the next one: its figures, and where its window began. */
export function figureItems({ contacts, kept }: PostedFigures, { from }: DigestWindow): string[] {
  return [`contacts:${contacts}`, `kept:${kept}`, `from:${from.toISOString()}`];
}

function figuresIn(items: readonly string[]): (PostedFigures & { from: Date }) | undefined {
  const read = (name: string) =>
    items.find((item) => item.startsWith(`${name}:`))?.slice(name.length + 1);
  const from = read('from');
  if (from === undefined) return undefined;
  const [contacts, kept] = [Number(read('contacts')), Number(read('kept'))];
  return { contacts, kept, from: new Date(from) };
}

/** Reads the last post before `end`. If there was none, reads when the first one was tried. */
async function readLedger(
  digest: string,
  end: Date,
  store: Store,
): Promise<{ posted?: Delivery; firstTried?: Date }> {
  const rows = store
    .of(deliveries)
    .all({ index: 'bySubject', where: { subject: digest }, descending: true });
  let firstTried: Date | undefined;
  for await (const row of rows) {
    if (row.kind !== 'digest' || dueTimeOf(row) >= end) continue;
    if (isPosted(row)) return { posted: row };
    firstTried = dueTimeOf(row);
  }
  return firstTried ? { firstTried } : {};
}

/** Whether a digest was posted that was due later than this instant. */
export async function wasPostedSince(digest: string, dueAt: Date, store: Store): Promise<boolean> {
  const rows = store
    .of(deliveries)
    .all({ index: 'bySubject', where: { subject: digest }, descending: true });
  for await (const row of rows)
    if (row.kind === 'digest' && dueTimeOf(row) > dueAt && isPosted(row)) return true;
  return false;
}

const dueTimeOf = ({ occurrence }: Delivery): Date => new Date(occurrence);

/**
 * Whether people may have seen a post. One whose answer was lost counts as seen. It keeps its reply then, also after a
 * coordinator has said whether it is to be posted again.
 */
function isPosted({ state, reply }: Delivery): boolean {
  return state === 'sent' || state === 'sending' || state === 'unknown' || reply !== null;
}

const withMargin = (dueAt: Date): Date => new Date(dueAt.getTime() - STORING_MARGIN_MS);

/** The end of what a post counted. One from before posts kept figures counted up to the midnight before it. */
function endOfPost(posted: Delivery, zone: string): Date {
  const dueAt = dueTimeOf(posted);
  return figuresIn(posted.items) ? withMargin(dueAt) : instantOf(dayOf(dueAt, zone), 0, zone);
}

/** The instant a week or a month earlier, at the same time of day. */
function periodBefore(instant: Date, rhythm: DigestRhythm, zone: string): Date {
  const { weeks, months } = { weeks: 0, months: 0, ...steps[rhythm] };
  const day = addToDay(dayOf(instant, zone), { weeks: -weeks, months: -months });
  return instantOf(day, minuteOf(instant, zone), zone);
}

function isRegularTime(rhythm: DigestRhythm, from: Day, to: Day): boolean {
  const [least, most] = regularDays[rhythm];
  const days = daysBetween(from, to);
  return days >= least && days <= most;
}

/** The day of the post after this one. On a day without a scheduled post it is a week or a month from then on. */
function nextPostingDay(
  digest: Digest | undefined,
  rhythm: DigestRhythm,
  today: Day,
  partnership: Partnership,
): Day {
  const { zone } = partnership;
  const nextAt = digest?.nextAt;
  const isPostingDay = nextAt && dayOf(nextAt, zone) === today;
  const next = isPostingDay && scheduleDigest(digest, partnership, nextAt).nextAt;
  return next ? dayOf(next, zone) : addToDay(today, steps[rhythm]);
}

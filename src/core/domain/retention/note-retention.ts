import { Duration } from 'luxon';
import { quoteShort } from '../../base/text.ts';
import { addToDay, type Day, instantOf } from '../../dates/day.ts';
import { readDuration } from '../../dates/duration.ts';
import { UserError } from '../../message/user-error.ts';
import { defineCollection, type Row } from '../../ports/store.ts';
import type { Partner } from '../partners/partner.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/**
 * What is planned for the words about a partner: the notes of contacts with it, and the titles of closed follow-ups. The
 * row's id is the partner's.
 */
export interface NoteRetention extends Row {
  /** The day on which the words may go, as it was when the row was last looked at (see `keptUntil`). */
  plannedFor: Day | null;
  /** When coordinators were told of that day; null: not yet. */
  toldOn: Day | null;
  /** There was nothing to remove: look again on this day. */
  checkAgainOn: Day | null;
  /** Coordinators want them kept until this day; null: as long as usual. */
  keepUntil: Day | null;
  /** Why they want that. */
  reason: string | null;
}

export const noteRetentions = defineCollection<NoteRetention>()({
  name: 'noteRetentions',
  scope: 'partnership',
  fields: {
    plannedFor: 'text',
    toldOn: 'text',
    checkAgainOn: 'text',
    keepUntil: 'text',
    reason: 'text',
  },
  indexes: { byTold: { on: ['toldOn'] }, byKept: { on: ['keepUntil'] } },
});

/** A partner's row before anything is planned. */
export const nothingPlanned: Omit<NoteRetention, 'id' | 'version'> = {
  plannedFor: null,
  toldOn: null,
  checkAgainOn: null,
  keepUntil: null,
  reason: null,
};

/** How long words are kept after the last contact, unless the partnership sets something else. */
const DEFAULT_LENGTH = 'P6Y';
/** The longest length that a partnership can set, and how far ahead one partner's words can be kept (years). */
export const MAX_KEEP_YEARS = 20;
/** The shortest length that a partnership can set (years). */
const MIN_KEEP_YEARS = 1;
/** Coordinators are told so long before. */
const NOTICE_PERIOD = { months: 1 };
/** The last contact with a partner of which no day is known. */
const LONG_AGO: Day = '1970-01-01';

/** How long a partnership keeps words after the last contact with a partner: an ISO 8601 duration. */
export const keepLengthOf = ({ keepNotes }: Pick<Partnership, 'keepNotes'>): string =>
  keepNotes ?? DEFAULT_LENGTH;

/**
 * Reads how long to keep notes: `3 years`.
 * @param text null: as long as usual.
 * @returns an ISO 8601 duration, or null.
 * @throws UserError if it cannot be read, is under a year or too long.
 */
export function checkedKeepLength(text: string | null): string | null {
  if (text === null) return null;
  const length = readDuration(text, MAX_KEEP_YEARS);
  const isLongEnough =
    length !== undefined &&
    addLength(LONG_AGO, length) >= addToDay(LONG_AGO, { years: MIN_KEEP_YEARS });
  if (isLongEnough) return length;
  throw new UserError(
    `I can keep notes for one to ${MAX_KEEP_YEARS} years after the last contact, so "${quoteShort(text)}" won't do. Try "3 years".`,
    'keep',
  );
}

function addLength(day: Day, length: string): Day {
  return addToDay(day, Duration.fromISO(length).toObject());
}

/** Until which day the words about a partner are kept: by its last contact, or as coordinators want. */
export function keptUntil(
  partner: Pick<Partner, 'lastContact'>,
  keepUntil: Day | null,
  partnership: Pick<Partnership, 'keepNotes'>,
): Day {
  const usual = addLength(partner.lastContact ?? LONG_AGO, keepLengthOf(partnership));
  return keepUntil !== null && keepUntil > usual ? keepUntil : usual;
}

/** Whether coordinators have to be told by `today` of words that are kept until a day. */
export function isNoticeDue(until: Day, today: Day): boolean {
  return until <= addToDay(today, NOTICE_PERIOD);
}

/**
 * A day since which a contact is too recent for any notice by `today`: for most partners no exact day has to be computed.
 * It is a week later than it might be, since months have different lengths.
 */
export function recentContactDay(today: Day, partnership: Pick<Partnership, 'keepNotes'>): Day {
  const length = Duration.fromISO(keepLengthOf(partnership)).negate().toObject();
  return addToDay(addToDay(addToDay(today, NOTICE_PERIOD), length), { weeks: 1 });
}

/** The day on which words are removed: the day until which they are kept, but not before coordinators had time to object. */
export function removalDay(until: Day, toldOn: Day): Day {
  const earliest = addToDay(toldOn, NOTICE_PERIOD);
  return until > earliest ? until : earliest;
}

/** The day after which to look again whether there is something to remove. */
export const checkAgainDay = (today: Day): Day => addToDay(today, NOTICE_PERIOD);

/** Follow-ups that were closed before this instant have been kept long enough by `day`, as far as their own age goes. */
export function closedLongEnough(
  day: Day,
  partnership: Pick<Partnership, 'keepNotes' | 'zone'>,
): Date {
  const length = Duration.fromISO(keepLengthOf(partnership)).negate().toObject();
  return instantOf(addToDay(day, length), 0, partnership.zone);
}

/** The title of a closed follow-up whose words were removed. */
export const REMOVED_TITLE = '(no longer kept)';
/** The name of somebody who left, when it is no longer needed. */
export const REMOVED_NAME = 'Somebody who left';

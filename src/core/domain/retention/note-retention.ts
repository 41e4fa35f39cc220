import { Duration } from 'luxon';
import { quoteShort } from '../../base/text.ts';
import { addToDay, type Day, instantOf } from '../../dates/day.ts';
import { readDuration } from '../../dates/duration.ts';
import { UserError } from '../../message/user-error.ts';
import { defineCollection, type Row } from '../../ports/store.ts';
import type { Partner } from '../partners/partner.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/**
 * When the notes about a partner are removed: those of contacts with it, and the titles of its closed follow-ups. The
 * row's id is the partner's.
 */
export interface NoteRetention extends Row {
  /** The day from which the notes may be removed, as it was when the row was last reviewed (see `keptUntil`). */
  plannedFor: Day | null;
  /** When coordinators were told about it; null: not yet. */
  toldOn: Day | null;
  /** The day of the next review, if there was nothing to remove. */
  checkAgainOn: Day | null;
  /** The day until which coordinators want to keep the notes; null: as long as usual. */
  keepUntil: Day | null;
  /** Why they want to keep them. */
  reason: string | null;
  /** What coordinators wanted before a merge, if notes of the other partner are kept for longer. Missing or null: no merge changed it. */
  beforeMerge?: Pick<NoteRetention, 'keepUntil' | 'reason'> | null;
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
    beforeMerge: 'data',
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

/** How long notes are kept after the last contact, unless the partnership sets another length. */
const DEFAULT_LENGTH = 'P6Y';
/** The longest length that a partnership can set, and how far ahead one partner's notes can be kept (years). */
export const MAX_KEEP_YEARS = 20;
/** The shortest length that a partnership can set (years). */
const MIN_KEEP_YEARS = 1;
/** How long before the removal coordinators are told. */
const NOTICE_PERIOD = { months: 1 };
/** The day of the last contact, for a partner for whom none is known. */
const LONG_AGO: Day = '1970-01-01';

/** How long a partnership keeps notes after the last contact with a partner: an ISO 8601 duration. */
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

/**
 * The day until which the notes about a partner are kept: the usual length after its last contact, or as coordinators
 * want.
 */
export function keptUntil(
  partner: Pick<Partner, 'lastContact'>,
  keepUntil: Day | null,
  partnership: Pick<Partnership, 'keepNotes'>,
): Day {
  const usual = addLength(partner.lastContact ?? LONG_AGO, keepLengthOf(partnership));
  return keepUntil !== null && keepUntil > usual ? keepUntil : usual;
}

/** Whether it is time to tell coordinators about notes that are kept until a day. */
export function isNoticeDue(until: Day, today: Day): boolean {
  return until <= addToDay(today, NOTICE_PERIOD);
}

/**
 * After a contact since this day, no notice can be due by `today`: so most partners need no exact computation. It is a
 * week later than necessary, since months have different lengths.
 */
export function recentContactDay(today: Day, partnership: Pick<Partnership, 'keepNotes'>): Day {
  const length = Duration.fromISO(keepLengthOf(partnership)).negate().toObject();
  return addToDay(addToDay(addToDay(today, NOTICE_PERIOD), length), { weeks: 1 });
}

/**
 * The day on which notes are removed: the day until which they are kept, but not before coordinators had time to
 * object.
 */
export function removalDay(until: Day, toldOn: Day): Day {
  const earliest = addToDay(toldOn, NOTICE_PERIOD);
  return until > earliest ? until : earliest;
}

/** The day from which to check again whether there is something to remove. */
export const checkAgainDay = (today: Day): Day => addToDay(today, NOTICE_PERIOD);

/** The titles of follow-ups that were closed before this instant are old enough to be removed on `day`. */
export function titleCutoff(day: Day, partnership: Pick<Partnership, 'keepNotes' | 'zone'>): Date {
  const length = Duration.fromISO(keepLengthOf(partnership)).negate().toObject();
  return instantOf(addToDay(day, length), 0, partnership.zone);
}

/** The title of a closed follow-up whose own title was removed. */
export const REMOVED_TITLE = '(no longer kept)';
/** The name of somebody who left, when it is no longer needed. */
export const REMOVED_NAME = 'Somebody who left';

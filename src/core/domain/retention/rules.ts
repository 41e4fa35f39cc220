import { dayOf } from '../../dates/day.ts';
import type { AnyDeclaration, Declaration, Query, Row, Store } from '../../ports/store.ts';
import { acquaintances } from '../acquaintances/acquaintance.ts';
import { knownSince } from '../acquaintances/knowers.ts';
import { contacts } from '../contacts/contact.ts';
import { dataExports } from '../data-exports/data-export.ts';
import { dataRequests } from '../data-requests/data-request.ts';
import { deliveries } from '../deliveries/delivery.ts';
import { sendThrottles } from '../deliveries/send-throttle.ts';
import { digests } from '../digests/digest.ts';
import { erasures } from '../erasures/erasure.ts';
import { followups } from '../followups/followup.ts';
import { handovers } from '../handover/handover.ts';
import { historyEntries, historyWords } from '../history/history-entry.ts';
import { identities } from '../identities/identity.ts';
import { interests } from '../interests/interest.ts';
import { joinRequests } from '../join-requests/join-request.ts';
import { keptArgs } from '../kept-args/kept-args.ts';
import { linkAttempts, linkCodes } from '../link-codes/link-code.ts';
import { meetings } from '../meetings/meeting.ts';
import { members } from '../members/member.ts';
import { outgoingFiles } from '../outgoing-files/outgoing-file.ts';
import { partners } from '../partners/partner.ts';
import { partnershipDeletions } from '../partnership-deletion/partnership-deletion.ts';
import { partnerships } from '../partnerships/partnership.ts';
import { people } from '../people/person.ts';
import { activities, recordActivities } from '../receipts/activity.ts';
import { receipts } from '../receipts/receipt.ts';
import { searchTerms } from '../search-terms/search-term.ts';
import { standingRounds } from '../standing-rounds/standing-round.ts';
import { workspaces } from '../workspaces/workspace.ts';
import { noteRetentions } from './note-retention.ts';
import { retentionSchedules } from './schedule.ts';

/** How long the rows of one collection are kept. Each collection has a rule. */
export interface RetentionRule {
  /** The collection's name. */
  collection: string;
  /** How long, and why, in the words of docs/retention.md. */
  kept: string;
  /** For collections whose rows are removed by their age. */
  expiry?: Expiry;
}

/** Finds the rows of a collection that have been kept long enough. */
interface Expiry {
  declaration: AnyDeclaration;
  /** Finds expired rows; of a global collection, those of the partnership. */
  expired(now: Date, partnership: string): Query<Row, string>;
  /** Runs before these rows are removed, and may run again after a crash. */
  beforeRemoval?(rows: readonly Row[], store: Store): Promise<void>;
}

/** The rule of a collection whose rows are removed by their age. */
export function expires<T extends Row, I extends string>(
  declaration: Declaration<T, I>,
  kept: string,
  expired: (now: Date, partnership: string) => Query<T, I>,
  beforeRemoval?: (rows: readonly T[], store: Store) => Promise<void>,
): RetentionRule {
  const expiry = { declaration, expired, ...(beforeRemoval && { beforeRemoval }) };
  return { collection: declaration.name, kept, expiry: expiry as unknown as Expiry };
}

/** The rule of a collection whose rows are not removed by their age. */
export const keeps = ({ name }: AnyDeclaration, kept: string): RetentionRule => ({
  collection: name,
  kept,
});

/** An instant some days before another. */
export const daysBefore = (now: Date, days: number): Date =>
  new Date(now.getTime() - days * 86_400_000);

const RECEIPT_DAYS = 30;
const YEAR_DAYS = 365;
const UNDECIDED_ERASURE_DAYS = 7;
const HISTORY_WORDS_DAYS = 30;

/** The rules of all collections of the domain, in the order in which they are applied. */
export const retentionRules: readonly RetentionRule[] = [
  expires(
    receipts,
    '30 days: `undo` works for a day, the rest is for looking into mistakes',
    (now, partnership) => ({
      index: 'byTime',
      where: { partnership },
      range: { field: 'at', before: daysBefore(now, RECEIPT_DAYS) },
    }),
    (rows, store) =>
      recordActivities(
        rows.map(({ actor: member, at }) => ({ member, at })),
        store,
      ),
  ),
  expires(activities, 'a year: briefs become rarer for somebody who does nothing', (now) => ({
    index: 'byTime',
    range: { field: 'at', before: daysBefore(now, YEAR_DAYS) },
  })),
  expires(
    historyWords,
    '30 days: names and other words from before and after a change, for `history`',
    (now) => ({
      index: 'byTime',
      range: { field: 'at', before: daysBefore(now, HISTORY_WORDS_DAYS) },
    }),
  ),
  keeps(
    historyEntries,
    'as long as the partnership is here: who changed what, without names of people and other words',
  ),
  expires(
    keptArgs,
    'a year; a day if they hold a file, as the preview of an import does, or words that a question was asked about before noting them. Then the button no longer works',
    (now) => ({ index: 'byEnd', range: { field: 'keptUntil', before: now } }),
  ),
  expires(deliveries, 'a year, for `why`; what is still to be sent stays', (now) => ({
    index: 'byFinished',
    where: { nextRunAt: null },
    range: { field: 'createdAt', before: daysBefore(now, YEAR_DAYS) },
  })),
  expires(linkCodes, 'until they expire, after ten minutes', (now, partnership) => ({
    index: 'byPartnership',
    where: { partnership },
    range: { field: 'expiresAt', before: now },
  })),
  expires(linkAttempts, 'until the count begins again, after an hour', (now) => ({
    index: 'byReset',
    range: { field: 'resetsAt', before: now },
  })),
  expires(sendThrottles, 'until the pause that a platform asked for is over', (now) => ({
    index: 'byEnd',
    range: { field: 'notBefore', before: now },
  })),
  expires(
    outgoingFiles,
    'a file that somebody asked for: a day, and then it is deleted in their direct messages too; that it was sent: a day longer',
    (now) => ({
      index: 'byFinished',
      where: { nextRunAt: null },
      range: { field: 'createdAt', before: daysBefore(now, 2) },
    }),
  ),
  expires(dataExports, 'until the file is put together, within a minute', (now) => ({
    index: 'byTime',
    range: { field: 'createdAt', before: daysBefore(now, 1) },
  })),
  expires(
    dataRequests,
    'that somebody asked about their details: until they have an answer, and a year after that',
    (now) => ({
      index: 'byClosed',
      where: { state: 'done' as const },
      range: { field: 'closedAt', before: daysBefore(now, YEAR_DAYS) },
    }),
  ),
  expires(joinRequests, 'until they are let in; a year otherwise', (now) => ({
    index: 'byAsked',
    range: { field: 'askedAt', before: daysBefore(now, YEAR_DAYS) },
  })),
  expires(
    erasures,
    'as long as the partnership is here, without the name; a week if nobody decided to erase',
    (now) => ({
      index: 'byState',
      where: { state: ['asked', 'waiting'] as const },
      range: { field: 'askedAt', before: daysBefore(now, UNDECIDED_ERASURE_DAYS) },
    }),
  ),
  expires(handovers, 'a year: whose tasks went to whom, without words', (now) => ({
    index: 'byStart',
    range: { field: 'startedAt', before: daysBefore(now, YEAR_DAYS) },
  })),
  expires(interests, 'a year after they ended, or after their member has left', (now) => ({
    index: 'byEnd',
    range: { field: 'endedAt', before: daysBefore(now, YEAR_DAYS) },
  })),
  expires(acquaintances, 'a year after they said so', (now) => ({
    index: 'byDay',
    range: { field: 'saidOn', before: knownSince(dayOf(now, 'UTC')) },
  })),
  expires(meetings, 'a year after their day: the contact tells what was said', (now) => ({
    index: 'byDay',
    range: { field: 'day', before: dayOf(daysBefore(now, YEAR_DAYS), 'UTC') },
  })),
  keeps(
    contacts,
    'notes: six years after the last contact with the partner, or as `settings keep:` has it; the rest, which has no words, as long as the partnership is here',
  ),
  keeps(
    followups,
    'titles: as notes, and at least as long after they were closed; open ones stay; the rest, which has no words, as long as the partnership is here',
  ),
  keeps(searchTerms, 'words of notes and titles, for `find`: as long as the note or the title'),
  keeps(noteRetentions, 'with the notes of the partner; the reason of a `keep` goes with them'),
  keeps(
    members,
    'while somebody is here; after that, a month longer than any contact, follow-up, partner, receipt or message names them',
  ),
  keeps(
    identities,
    'as long as the member; then only a hash stays, so that somebody who was out does not come back by speaking',
  ),
  keeps(partners, 'as long as the partnership is here: organisations, not people'),
  keeps(
    people,
    'somebody at a partner: six years after the last contact with each partner of theirs, or as `settings keep:` has it; their phone and e-mail go three months after they left',
  ),
  keeps(partnerships, 'settings, as long as the partnership is here'),
  keeps(workspaces, 'as long as the partnership is here'),
  keeps(
    partnershipDeletions,
    'that everything is to be deleted: until it is, or a coordinator decides to keep it',
  ),
  keeps(digests, 'settings, as long as the partnership is here'),
  keeps(retentionSchedules, 'when this table is applied next'),
  keeps(standingRounds, 'when it is looked at next who still has access'),
];

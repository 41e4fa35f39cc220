import type { Minute } from '../../dates/day.ts';
import type { ChannelRef } from '../../message/address.ts';
import { type DueRow, defineCollection } from '../../ports/store.ts';

export const rhythms = ['weekly', 'monthly'] as const;
/** How often a digest comes. A partnership may have one of each. */
export type DigestRhythm = (typeof rhythms)[number];

/** A regular post to a channel: at most one of each rhythm for a partnership (see `digestId`). */
export interface Digest extends DueRow {
  channel: ChannelRef;
  /** Null stands for weekly: there was a time when all were. */
  rhythm: DigestRhythm | null;
  /** 1 (Monday) to 7, in the partnership's zone: each of them, or the month's first. */
  weekday: number;
  /** For a monthly one: the day of the month, in shorter months the last; null: the month's first `weekday`. */
  monthday: number | null;
  minute: Minute;
  /** The next posting; null when it is off. */
  nextAt: Date | null;
  /** Periods in a row with nothing to say. */
  silent: number;
}

/** The id of a partnership's digest of a rhythm. */
export const digestId = (partnership: string, rhythm: DigestRhythm): string =>
  `${rhythm}-${partnership}`;

/** How often a digest comes, as an old row has it too. */
export const rhythmOf = ({ rhythm }: Pick<Digest, 'rhythm'>): DigestRhythm => rhythm ?? 'weekly';

export const digests = defineCollection<Digest>()({
  name: 'digests',
  scope: 'partnership',
  fields: {
    channel: 'data',
    rhythm: 'text',
    weekday: 'integer',
    monthday: 'integer',
    minute: 'integer',
    nextAt: 'moment',
    silent: 'integer',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {},
});

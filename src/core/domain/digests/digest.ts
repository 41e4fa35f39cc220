import type { Minute } from '../../dates/day.ts';
import type { ChannelRef } from '../../message/address.ts';
import { type DueRow, defineCollection } from '../../ports/store.ts';

export const digestRhythms = ['weekly', 'monthly'] as const;
/** How often a digest is posted. A partnership can have one of each. */
export type DigestRhythm = (typeof digestRhythms)[number];

/** A regular post to a channel. A partnership has at most one of each rhythm (see `digestId`). */
export interface Digest extends DueRow {
  channel: ChannelRef;
  /** Null means weekly. */
  rhythm: DigestRhythm | null;
  /** 1 (Monday) to 7, in the partnership's zone. A weekly digest comes on each of them, a monthly one on the first. */
  weekday: number;
  /** For a monthly digest: the day of the month, or the last day of shorter months; null: the month's first `weekday`. */
  monthday: number | null;
  minute: Minute;
  /** The next posting; null when the digest is off. */
  nextAt: Date | null;
  /** How many periods in a row had nothing to say. */
  silent: number;
}

/** The id of a partnership's digest of a rhythm. */
export const digestId = (partnership: string, rhythm: DigestRhythm): string =>
  `${rhythm}-${partnership}`;

/** How often a digest is posted. */
export const digestRhythmOf = ({ rhythm }: Pick<Digest, 'rhythm'>): DigestRhythm =>
  rhythm ?? 'weekly';

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

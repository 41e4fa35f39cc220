import type { ChannelRef } from '../../args.ts';
import type { Minute } from '../../dates/day.ts';
import { type DueRow, declare } from '../../store.ts';

/** The weekly post to a channel, one for each partnership (id `weekly-<partnership>`). */
export interface Digest extends DueRow {
  channel: ChannelRef;
  /** 1 (Monday) to 7, in the partnership's zone. */
  weekday: number;
  minute: Minute;
  /** The next posting; null when it is off. */
  nextAt: Date | null;
  /** Weeks in a row with nothing to say. */
  silent: number;
}

export const digests = declare<Digest>()({
  name: 'digests',
  scope: 'partnership',
  fields: {
    channel: 'data',
    weekday: 'integer',
    minute: 'integer',
    nextAt: 'moment',
    silent: 'integer',
    sweepAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {},
});

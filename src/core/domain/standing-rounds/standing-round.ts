import { derivedId } from '../../base/id.ts';
import { type DueRow, defineCollection, type New } from '../../ports/store.ts';

/**
 * When the members of a partnership are looked at next, and how far today's round has come. Discord does not say when
 * somebody leaves a server, and Slack's word can get lost.
 */
export interface StandingRound extends DueRow {
  /** When the next round begins, or when the one under way began. */
  nextAt: Date;
  /** The id of the member that was looked at last; null: no round is under way. */
  after: string | null;
}

export const standingRounds = defineCollection<StandingRound>()({
  name: 'standingRounds',
  scope: 'partnership',
  fields: {
    nextAt: 'moment',
    after: 'text',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {},
});

const DAY_MS = 86_400_000;

/** The row of a partnership that has none yet. */
export function newStandingRound(partnership: string, now: Date): New<StandingRound> {
  const nextAt = nextRoundAt(partnership, now);
  return {
    id: `standing-round-${partnership}`,
    nextAt,
    after: null,
    nextRunAt: nextAt,
    claim: null,
    sending: null,
  };
}

/** When a partnership's next round begins. Each partnership has its own time of the day, so that they take turns. */
export function nextRoundAt(partnership: string, now: Date): Date {
  const hash = Buffer.from(derivedId('standing round', partnership), 'base64url').readUInt32BE();
  const timeOfDayMs = Math.floor((hash / 2 ** 32) * DAY_MS);
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS + timeOfDayMs;
  return new Date(today > now.getTime() ? today : today + DAY_MS);
}

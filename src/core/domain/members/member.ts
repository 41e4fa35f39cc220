import type { Day, Minute } from '../../dates/day.ts';
import type { Otherwise } from '../../message/address.ts';
import type { Identity } from '../../message/invocation.ts';
import { type DueRow, defineCollection } from '../../ports/store.ts';
import type { Role } from './rights.ts';

/** How often a brief comes: as its role has it, once a week, only for dated things, or never. */
export const rhythms = ['daily', 'weekly', 'dated', 'off'] as const;
export type BriefRhythm = (typeof rhythms)[number];

/** A person in the partnership. The row is due when the next brief is. */
export interface Member extends DueRow {
  name: string;
  role: Role;
  identities: Identity[];
  /** Of several identities the one they spoke with last; null: they have one, or have not spoken since. */
  spoke: Identity | null;
  /** The identity they want to be written to; null: the one they spoke with last. */
  prefers: Identity | null;
  /** What to do when their direct messages are closed (see `Otherwise`); null: nothing. */
  closed: Otherwise['how'] | null;
  /** The member they turned out to be as well: then this row only keeps whose its history is. */
  unitedWith: string | null;
  /** Ids of the members that turned out to be this one. */
  formerly: string[] | null;
  active: boolean;
  /** IANA name, as the member said; null: they have not. See `zone.ts` for what then counts. */
  zone: string | null;
  /** IANA name, as their platform knows it; null: it does not tell. */
  platformZone: string | null;
  /** When briefs come, in the member's zone. */
  briefAt: Minute;
  /** 1 (Monday) to 7; null: the partnership's working days. */
  briefDays: number[] | null;
  rhythm: BriefRhythm;
  /** `20:00-08:00` in the member's zone, or `none`; null: the partnership's. */
  quietHours: string | null;
  /** Nothing unasked before this day; null: not paused. */
  pausedUntil: Day | null;
  /** When Convenor last made briefs rarer by itself, because none was met with anything; null: never. */
  steppedBackAt: Date | null;
  /** The local day of the next brief; null: none comes. */
  briefDay: Day | null;
  /** The instant of the next brief. */
  briefDue: Date | null;
  /** Partners whose notes this member does not see (a councillor on the board). */
  tiedTo: string[];
}

export const members = defineCollection<Member>()({
  name: 'members',
  scope: 'partnership',
  fields: {
    name: 'text',
    role: 'text',
    identities: 'data',
    spoke: 'data',
    prefers: 'data',
    closed: 'text',
    unitedWith: 'text',
    formerly: 'list',
    active: 'flag',
    zone: 'text',
    platformZone: 'text',
    briefAt: 'integer',
    briefDays: 'list',
    rhythm: 'text',
    quietHours: 'text',
    pausedUntil: 'text',
    steppedBackAt: 'moment',
    briefDay: 'text',
    briefDue: 'moment',
    tiedTo: 'list',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: { byName: { on: ['name'] } },
});

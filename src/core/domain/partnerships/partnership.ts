import { defineCollection, type Row } from '../../ports/store.ts';

/** How often contact should happen, for partners of a kind and level; null matches any. */
export interface EveryRule {
  kind: string | null;
  level: string | null;
  /** ISO 8601 duration. */
  every: string;
}

/** The tenant. Its row has the partnership's own id. */
export interface Partnership extends Row {
  name: string;
  /** IANA name; the zone of digests, and of members who have not said theirs. */
  zone: string;
  /** 1 (Monday) to 7. */
  workingDays: number[];
  /** Whose bank holidays count. */
  calendar: string;
  /** When nothing unasked goes out: `20:00-08:00` in each reader's zone, or `none`; null: `20:00-08:00`. */
  quietHours: string | null;
  /** The most unasked messages a member gets in a week; 0: any number; null: 3. */
  weeklyCap: number | null;
  /** ISO 8601 duration: how often contact should happen where nothing else says. */
  every: string;
  everyRules: EveryRule[];
  /** Moves when a partner's or a member's name, role or identity changes: directories are read again. */
  namesVersion: number;
  /** When somebody set it up with `setup`; null: nobody has. */
  setUpAt: Date | null;
  /**
   * Of one that came about by its first command: the key of the invocation in whose answer the set-up was offered,
   * or an empty text while it has not been. Null: made in another way, and nobody is asked to set it up.
   */
  setUpOffer: string | null;
  /** The partnership it was joined to: then nothing is here any more, and whatever comes goes there. Null: its own. */
  joined: string | null;
}

export const partnerships = defineCollection<Partnership>()({
  name: 'partnerships',
  scope: 'partnership',
  fields: {
    name: 'text',
    zone: 'text',
    workingDays: 'list',
    calendar: 'text',
    quietHours: 'text',
    weeklyCap: 'integer',
    every: 'text',
    everyRules: 'data',
    namesVersion: 'integer',
    setUpAt: 'moment',
    setUpOffer: 'text',
    joined: 'text',
  },
  indexes: {},
});

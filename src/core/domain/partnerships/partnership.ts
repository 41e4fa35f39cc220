import type { DayRange } from '../../dates/working-days.ts';
import {
  defineCollection,
  type New,
  type Row,
  type Store,
  updateWithRetry,
} from '../../ports/store.ts';

/** How often to be in touch with partners of a kind and level; null matches any. */
export interface EveryRule {
  kind: string | null;
  level: string | null;
  /** ISO 8601 duration. */
  every: string;
}

/** Days on which one partner, or all of a level, is away: a council's recess, or the weeks before an election. */
export interface PartnerHoliday extends DayRange {
  /** The id of the partner; null: the level decides. */
  partner: string | null;
  level: string | null;
}

/** Which rows changed when `namesVersion` went up to `version`: their ids. */
export interface NamesChange {
  version: number;
  partners: string[];
  members: string[];
  /** People at partners. Missing: none. */
  people?: string[];
}

/** Whom people ring when they are worried about somebody's safety. Convenor notes no such worry itself. */
export interface SafeguardingContact {
  name: string;
  phone: string;
  /** The member who is told that somebody wants to be rung; null: they are not a member, or need not be told. */
  member: string | null;
}

/** The tenant. Its row has the partnership's own id. */
export interface Partnership extends Row {
  name: string;
  /** IANA name; the zone of digests, and of members whose own zone is not known. */
  zone: string;
  /** 1 (Monday) to 7. */
  workingDays: number[];
  /** Whose bank holidays count (see `calendars`). */
  calendar: string;
  /** Days off for everybody. They count like bank holidays. Null: none. */
  holidays: DayRange[] | null;
  /** Days off of partners: nobody is asked to be in touch with them then. Null: none. */
  partnerHolidays: PartnerHoliday[] | null;
  /** When no automatic messages are sent: `20:00-08:00` in each reader's zone, or `none`; null: the default. */
  quietHours: string | null;
  /** How many automatic messages a member gets in a week; 0: any number; null: the default, 3. */
  weeklyCap: number | null;
  /** How often to be in touch if no rule fits (ISO 8601 duration). */
  every: string;
  everyRules: EveryRule[];
  /** How long notes are kept after the last contact with a partner (ISO 8601 duration); null: the default, six years. */
  keepNotes: string | null;
  /** Null: none is set yet. */
  safeguarding: SafeguardingContact | null;
  /** Goes up when a name, role or identity changes, so that directories are brought up to date. */
  namesVersion: number;
  /** What the last of these changes were. One of many rows is not listed, nor are the ones before it. */
  namesChanges: NamesChange[];
  /** When somebody ran `setup`; null: not yet. */
  setUpAt: Date | null;
  /**
   * The key of the invocation whose answer offered the set-up; an empty text: it was not offered yet. Null: it is
   * never offered, because the partnership did not begin with a first command.
   */
  setUpOffer: string | null;
  /** The partnership it was merged into: everything said here goes there. Null: it was not merged. */
  mergedInto: string | null;
}

export const partnerships = defineCollection<Partnership>()({
  name: 'partnerships',
  scope: 'partnership',
  fields: {
    name: 'text',
    zone: 'text',
    workingDays: 'list',
    calendar: 'text',
    holidays: 'data',
    partnerHolidays: 'data',
    quietHours: 'text',
    weeklyCap: 'integer',
    every: 'text',
    everyRules: 'data',
    keepNotes: 'text',
    safeguarding: 'data',
    namesVersion: 'integer',
    namesChanges: 'data',
    setUpAt: 'moment',
    setUpOffer: 'text',
    mergedInto: 'text',
  },
  indexes: {},
});

/** A new partnership with the settings that are usual in England. */
export function newPartnership(
  which: Pick<Partnership, 'id' | 'name' | 'zone'>,
  now: Date,
): New<Partnership> {
  return {
    ...which,
    workingDays: [1, 2, 3, 4, 5],
    calendar: 'england-and-wales',
    holidays: null,
    partnerHolidays: null,
    quietHours: null,
    weeklyCap: null,
    every: 'P8W',
    everyRules: [],
    keepNotes: null,
    safeguarding: null,
    // Never the version of an earlier partnership with this id, whose names can still be cached.
    namesVersion: now.getTime(),
    namesChanges: [],
    setUpAt: null,
    setUpOffer: '',
    mergedInto: null,
  };
}

/** How many changes of names are listed, and of how many rows at most. */
const MAX_CHANGES_LISTED = 20;
const MAX_ROWS_LISTED = 50;

/**
 * Raises `namesVersion` after names, roles or identities changed. Once for each command, even for an import of thousands.
 * @param ids the rows that changed; undefined if that is not known.
 */
export async function namesChanged(
  store: Store,
  ids?: Omit<NamesChange, 'version'>,
): Promise<void> {
  const count = Object.values(ids ?? {}).flat().length;
  const isListed = ids && count <= MAX_ROWS_LISTED;
  await updateWithRetry(store.of(partnerships), store.partnership, (partnership) => {
    const version = partnership.namesVersion + 1;
    const listed = isListed ? [...partnership.namesChanges, { version, ...ids }] : [];
    return {
      ...partnership,
      namesVersion: version,
      namesChanges: listed.slice(-MAX_CHANGES_LISTED),
    };
  });
}

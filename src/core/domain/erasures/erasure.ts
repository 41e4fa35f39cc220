import type { Day } from '../../dates/day.ts';
import type { ErasedPlace } from '../../ports/erasure-records.ts';
import { type DueRow, defineCollection, type Store } from '../../ports/store.ts';

/**
 * asked → (waiting for a second coordinator →) erasing → editing → done. `erasing`: rows are being changed; `editing`:
 * the messages that were sent are being changed.
 */
type ErasureState = 'asked' | 'waiting' | 'erasing' | 'editing' | 'done';

/** A place that was found, with the keyed hash of its text. */
export interface ErasurePlace extends ErasedPlace {
  text: string;
  isClear: boolean;
}

/**
 * The erasure of a person's name. It never holds the name: only keyed hashes of its words, by which the name is found
 * again. A finished one stays, so that somebody who adds a person of that name is asked whether it is the same person.
 */
export interface Erasure extends DueRow {
  /** The keyed hash of each word of the name, in order. */
  name: string[];
  /** The same as one text. */
  nameHash: string;
  /** The id of the member whose name it is; null: the person is not a member. */
  member: string | null;
  /** Whether it is the name of a partner too. */
  isPartnerName: boolean;
  state: ErasureState;
  /** The member who asked for it. */
  askedBy: string;
  askedAt: Date;
  /** The local day on which it began; null: it has not. */
  day: Day | null;
  startedAt: Date | null;
  /** How many places were found; once it has begun: how many are erased. */
  count: number;
  /** Empty once it has begun: the rows are searched again then. */
  places: ErasurePlace[];
  /** The keyed hashes of unclear texts that are about the person, and of those that are not. */
  theirs: string[];
  others: string[];
  /** When the next step is due; null: none is. */
  nextAt: Date | null;
  /** The step that comes next, a collection or one after the last, and where to go on in it. */
  nextStep: string | null;
  after: string | null;
  /** The ids of the rows that are changed. */
  changedRows: string[];
  /** The ids of the ledger rows whose messages have to be changed. */
  waiting: string[];
  /** How many messages were changed. */
  edited: number;
  /** How often the platform has not said whether the first of `waiting` was changed. */
  attempts: number;
  /** Why messages could not be changed: a reason for each. */
  unreachable: string[];
}

export const erasures = defineCollection<Erasure>()({
  name: 'erasures',
  scope: 'partnership',
  fields: {
    name: 'list',
    nameHash: 'text',
    member: 'text',
    isPartnerName: 'flag',
    state: 'text',
    askedBy: 'text',
    askedAt: 'moment',
    day: 'text',
    startedAt: 'moment',
    count: 'integer',
    places: 'data',
    theirs: 'list',
    others: 'list',
    nextAt: 'moment',
    nextStep: 'text',
    after: 'text',
    changedRows: 'list',
    waiting: 'list',
    edited: 'integer',
    attempts: 'integer',
    unreachable: 'list',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: { byState: { on: ['state', 'askedAt'] } },
});

/** The fields of an erasure that nobody has decided about yet. */
export const undecided = {
  state: 'asked',
  day: null,
  startedAt: null,
  theirs: [],
  others: [],
  nextAt: null,
  nextStep: null,
  after: null,
  changedRows: [],
  waiting: [],
  edited: 0,
  attempts: 0,
  unreachable: [],
  nextRunAt: null,
  claim: null,
  sending: null,
} satisfies Partial<Erasure>;

/** The keyed hashes of a name's words as one text: the same for "Jane Doe" and "Doe, Jane". */
export const nameHashOf = (words: readonly string[]): string => words.toSorted().join('.');

/** The places that will be erased: those that are clear, and those that somebody has said are about the person. */
export function placesToErase({
  places,
  theirs,
}: Pick<Erasure, 'places' | 'theirs'>): ErasurePlace[] {
  return places.filter(({ isClear, text }) => isClear || theirs.includes(text));
}

/** The unclear texts that nobody has decided about: one place for each. */
export function undecidedPlaces({
  places,
  theirs,
  others,
}: Pick<Erasure, 'places' | 'theirs' | 'others'>): ErasurePlace[] {
  const decided = new Set([...theirs, ...others]);
  const open = places.filter(({ isClear, text }) => !isClear && !decided.has(text));
  return [...new Map(open.toReversed().map((place) => [place.text, place])).values()].toReversed();
}

/** When somebody was erased, by the hash of their name (see {@link nameHashOf}): the last day. */
export async function erasedDays(store: Store): Promise<ReadonlyMap<string, Day>> {
  const days = new Map<string, Day>();
  const state = ['erasing', 'editing', 'done'] as const;
  for await (const { nameHash, day } of store
    .of(erasures)
    .all({ index: 'byState', where: { state } })) {
    const known = days.get(nameHash);
    if (day && !(known && known > day)) days.set(nameHash, day);
  }
  return days;
}

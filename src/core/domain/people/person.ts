import type { Day } from '../../dates/day.ts';
import { defineCollection, type Row } from '../../ports/store.ts';

/** The longest name of a person, and the longest text of another detail, in characters. */
export const MAX_PERSON_NAME_LENGTH = 80;
export const MAX_DETAIL_LENGTH = 120;

/** Where a person works or helps. Positions that have ended stay: they are part of the partner's story. */
export interface Position {
  /** Also the id of a partner that was merged into another one since: `directory.partner` leads to that one. */
  partner: string;
  /** What they do there, in the words of whoever noted it; null: nobody has said. */
  job: string | null;
  /** The first day, as far as it is known. */
  from: Day | null;
  /** The last day; null: they are still there. */
  until: Day | null;
}

/** Somebody at a partner. A person is kept only when a member says so. */
export interface Person extends Row {
  name: string;
  /** In the order in which they were noted. At least one. */
  positions: Position[];
  /** A work number, or one that they gave for this. */
  phone: string | null;
  email: string | null;
  /** How they like to be reached. */
  reach: string | null;
  /** The id of the contact in which they were noticed; null: somebody typed them in. */
  source: string | null;
  /** The member who had them kept, and the day. */
  keptBy: string;
  keptOn: Day;
  /** The day on which they were told that they are kept; null: nobody has said so. */
  toldOn: Day | null;
  /** The last day of their last position; null: they are somewhere. Their phone and e-mail go three months later. */
  leftOn: Day | null;
  /** The id of the person to ask instead, once they have left. Null or missing: nobody has said who. */
  successor?: string | null;
}

export const people = defineCollection<Person>()({
  name: 'people',
  scope: 'partnership',
  fields: {
    name: 'text',
    positions: 'data',
    phone: 'text',
    email: 'text',
    reach: 'text',
    source: 'text',
    keptBy: 'text',
    keptOn: 'text',
    toldOn: 'text',
    leftOn: 'text',
    successor: 'text',
  },
  indexes: { byLeft: { on: ['leftOn'] }, byKeeper: { on: ['keptBy'] } },
});

/** A person that was named in a command. */
export interface PersonRef {
  id: string;
  name: string;
}

/** The positions that have not ended. */
export const currentPositions = ({ positions }: Pick<Person, 'positions'>): Position[] =>
  positions.filter(({ until }) => until === null);

/** The person with other positions, and with `leftOn` to fit. */
export function withPositions(person: Person, positions: Position[]): Person {
  const isSomewhere = positions.some(({ until }) => until === null);
  const days = positions.flatMap(({ until }) => until ?? []).toSorted();
  return { ...person, positions, leftOn: isSomewhere ? null : (days.at(-1) ?? null) };
}

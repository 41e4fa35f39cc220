import { type Fault, faultNames } from './faults.ts';
import { HttpError } from './http-error.ts';
import { places } from './places.ts';
import type { User, Users } from './users.ts';
import type { PlaceView } from './wire.ts';

/** A request's body or query: whatever somebody sent. */
export type Sent = Readonly<Record<string, unknown>>;

const LONGEST_KEY = 200;
const MOST_FAULTS = 100;

/** A text that must be there. */
export function textIn(sent: Sent, name: string): string {
  const value = sent[name];
  if (typeof value !== 'string') throw new HttpError(`${name} must be given, as text.`);
  return value;
}

/** Who speaks. */
export function personIn(sent: Sent, people: Users): User {
  const id = textIn(sent, 'as');
  const person = people.all().find((each) => each.id === id);
  if (person) return person;
  const ids = people.all().map((each) => each.id);
  throw new HttpError(`I know no such member. as is one of: ${ids.join(', ')}.`, 404);
}

/** Where they are. */
export function placeIn(sent: Sent): PlaceView {
  const id = textIn(sent, 'place');
  const place = places.find((each) => each.id === id);
  if (place) return place;
  const ids = places.map((each) => each.id);
  throw new HttpError(`I know no such place. place is one of: ${ids.join(', ')}.`, 404);
}

/** What a form's boxes hold: texts by name. */
export function valuesIn(sent: Sent): Readonly<Record<string, string>> {
  const values = sent.values;
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new HttpError('values must be an object of texts, one for each box of the form.');
  }
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') {
      throw new HttpError(`values.${name.slice(0, 40)} must be text.`);
    }
  }
  return values as Record<string, string>;
}

/** A key of the sender's own, under which the same request has its effect once. */
export function keyIn(sent: Sent): string | undefined {
  if (sent.key === undefined) return undefined;
  const key = textIn(sent, 'key');
  if (key !== '' && key.length <= LONGEST_KEY) return key;
  throw new HttpError(`key must be 1 to ${LONGEST_KEY} characters long.`);
}

/** What the deliveries to come are to meet, one by one. */
export function faultsIn(sent: Sent): Fault[] {
  const { next } = sent;
  if (Array.isArray(next) && next.length <= MOST_FAULTS && next.every(isFault)) return next;
  throw new HttpError(
    `next must be a list of up to ${MOST_FAULTS}, each of them ${faultNames.join(', ')} or {"later": milliseconds}.`,
  );
}

function isFault(value: unknown): value is Fault {
  if (faultNames.some((name) => name === value)) return true;
  const { later } = (value ?? {}) as { later?: unknown };
  return Number.isInteger(later) && Number(later) > 0;
}

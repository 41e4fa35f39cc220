import { type Fault, faultNames } from './faults.ts';
import { HttpError } from './http-error.ts';
import { places } from './places.ts';
import type { User, Users } from './users.ts';
import type { PlaceView } from './wire.ts';

/** A request's body or query, not checked yet. */
export type RequestParams = Readonly<Record<string, unknown>>;

const MAX_KEY_LENGTH = 200;
const MAX_FAULTS = 100;

/** A required text. */
export function textParam(params: RequestParams, name: string): string {
  const value = params[name];
  if (typeof value !== 'string') throw new HttpError(`${name} must be given, as text.`);
  return value;
}

/** `as`: the user who speaks. */
export function userParam(params: RequestParams, users: Users): User {
  const id = textParam(params, 'as');
  const user = users.all().find((each) => each.id === id);
  if (user) return user;
  const ids = users.all().map((each) => each.id);
  throw new HttpError(`I know no such member. as is one of: ${ids.join(', ')}.`, 404);
}

/** `place`: where they speak. */
export function placeParam(params: RequestParams): PlaceView {
  const id = textParam(params, 'place');
  const place = places.find((each) => each.id === id);
  if (place) return place;
  const ids = places.map((each) => each.id);
  throw new HttpError(`I know no such place. place is one of: ${ids.join(', ')}.`, 404);
}

/** `values`: the texts in a form's fields, by name. */
export function valuesParam(params: RequestParams): Readonly<Record<string, string>> {
  const values = params.values;
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

/** `key`: optional; requests with the same key take effect once. */
export function keyParam(params: RequestParams): string | undefined {
  if (params.key === undefined) return undefined;
  const key = textParam(params, 'key');
  if (key !== '' && key.length <= MAX_KEY_LENGTH) return key;
  throw new HttpError(`key must be 1 to ${MAX_KEY_LENGTH} characters long.`);
}

/** `next`: the faults of the next deliveries, in order. */
export function faultsParam(params: RequestParams): Fault[] {
  const { next } = params;
  if (Array.isArray(next) && next.length <= MAX_FAULTS && next.every(isFault)) return next;
  throw new HttpError(
    `next must be a list of up to ${MAX_FAULTS}, each of them ${faultNames.join(', ')} or {"later": milliseconds}.`,
  );
}

function isFault(value: unknown): value is Fault {
  if (faultNames.some((name) => name === value)) return true;
  const { later } = (value ?? {}) as { later?: unknown };
  return Number.isInteger(later) && Number(later) > 0;
}

/**
 * Keys inside `data` that a server (`$…` in a replacement before MongoDB 5, NUL anywhere) or mongoose
 * (`__proto__`, `constructor`, `prototype`) would refuse or drop. They are stored behind a `%`.
 * @see https://www.mongodb.com/docs/manual/core/dot-dollar-considerations/
 */
const awkward = /^[$%]|[.\0]|^(?:__proto__|constructor|prototype)$/;
const escapes: Record<string, string> = { '%': '%%', '.': '%d', '\0': '%0' };
const unescapes: Record<string, string> = { '%%': '%', '%d': '.', '%0': '\0' };

const hide = (key: string) =>
  awkward.test(key) ? `%${key.replace(/[%.\0]/g, (found) => escapes[found] ?? found)}` : key;
const reveal = (key: string) =>
  key.startsWith('%') ? key.slice(1).replace(/%[%d0]/g, (found) => unescapes[found] ?? found) : key;

/**
 * Plain JSON and Dates as they are stored: a copy, awkward keys escaped, keys without a value left out as JSON does.
 * @throws TypeError for anything else (a Map, a class, a function, NaN, an invalid Date).
 */
export function encodeData(where: string, value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return new Date(value);
  if (Array.isArray(value)) return value.map((item) => encodeData(where, item ?? null));
  if (!isPlain(value)) throw new TypeError(`${where} takes plain JSON and dates.`);
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [hide(key), encodeData(where, item)]));
}

/** The opposite of {@link encodeData}. */
export function decodeData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeData);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [reveal(key), decodeData(item)]),
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

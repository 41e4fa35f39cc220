import { MAX_DATE_LENGTH } from './date-words.ts';
import { isZone } from './day.ts';

/** What people in Britain call their time. */
const BRITISH_NAMES = ['uk', 'gb', 'bst', 'britain', 'england', 'wales', 'scotland', 'uk_time'];

let zones: Map<string, string> | undefined;

/** Reads a time zone: `europe/london`, `London`, `UTC`. @returns an IANA name; undefined if no zone fits, or several do. */
export function readZone(text: string): string | undefined {
  const typed = text.trim();
  if (typed.length > MAX_DATE_LENGTH) return undefined;
  zones ??= zonesByName();
  const known = zones.get(typed.toLowerCase().replace(/\s+/g, '_'));
  if (known !== undefined) return known;
  // Old names such as Asia/Calcutta work, but are not in the list.
  return /^[A-Za-z_]+\/[\w/+-]+$/.test(typed) && isZone(typed) ? typed : undefined;
}

/** Zones that somebody may be typing, by the start of their name or city: `lon`, `europe/l`, `uk`. Those of Europe are first. */
export function completeZone(typed: string, limit: number): string[] {
  const start = typed.trim().toLowerCase().replace(/\s+/g, '_');
  const named = readZone(start);
  const found = Intl.supportedValuesOf('timeZone').filter((zone) => {
    const name = zone.toLowerCase();
    return name.startsWith(start) || name.slice(name.lastIndexOf('/') + 1).startsWith(start);
  });
  const first = start === '' ? 'Europe/London' : named;
  const near = found.filter((zone) => zone.startsWith('Europe/'));
  return [...new Set([...(first === undefined ? [] : [first]), ...near, ...found])].slice(0, limit);
}

/** All zones by their full name in lower case, and by their city if no other zone has that city. */
function zonesByName(): Map<string, string> {
  const all = Intl.supportedValuesOf('timeZone');
  const cities = new Map<string, string[]>();
  for (const zone of all) {
    const city = zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
    cities.set(city, [...(cities.get(city) ?? []), zone]);
  }
  const single = [...cities].flatMap(([city, of]) =>
    of.length === 1 ? [[city, of[0]!] as const] : [],
  );
  return new Map([
    ...single,
    ...all.map((zone) => [zone.toLowerCase(), zone] as const),
    ['utc', 'UTC'],
    ...BRITISH_NAMES.map((name) => [name, 'Europe/London'] as const),
  ]);
}

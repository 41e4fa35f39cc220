import { isZone } from './day.ts';

let byKey: Map<string, string> | undefined;

/** The IANA zone that a text names: `europe/london`, `London`, `UTC`. @returns undefined if none, or several, fit. */
export function zoneIn(text: string): string | undefined {
  const typed = text.trim();
  if (typed.length > 60) return undefined;
  byKey ??= zonesByKey();
  const known = byKey.get(typed.toLowerCase().replace(/\s+/g, '_'));
  if (known !== undefined) return known;
  // Older names of zones are not in the list, but work: Asia/Calcutta.
  return /^[A-Za-z_]+\/[\w/+-]+$/.test(typed) && isZone(typed) ? typed : undefined;
}

/** By their full name, and by their city where only one has it. */
function zonesByKey(): Map<string, string> {
  const zones = Intl.supportedValuesOf('timeZone');
  const cities = new Map<string, string[]>();
  for (const zone of zones) {
    const city = zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
    cities.set(city, [...(cities.get(city) ?? []), zone]);
  }
  const single = [...cities].flatMap(([city, of]) =>
    of.length === 1 ? [[city, of[0]!] as const] : [],
  );
  return new Map([
    ...single,
    ...zones.map((zone) => [zone.toLowerCase(), zone] as const),
    ['utc', 'UTC'],
  ]);
}

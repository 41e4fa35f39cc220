// Times and names for British readers. `zone` is the IANA name of the pretend member's time zone, `iso` an instant.

/** Formatters by zone and options: making one takes far longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function parts(iso: string, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  const formatter =
    formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formatters.set(key, formatter);
  return formatter.format(new Date(iso));
}

/** `15:04`. */
export function timeText(iso: string, zone: string): string {
  return parts(iso, zone, { hour: '2-digit', minute: '2-digit' });
}

/** `Fri 27 Nov`, with the year when `now` is in another one. */
function dayOfText(iso: string, zone: string, now: string): string {
  const sameYear = parts(iso, zone, { year: 'numeric' }) === parts(now, zone, { year: 'numeric' });
  const day: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
  return parts(iso, zone, sameYear ? day : { ...day, year: 'numeric' }).replace(',', '');
}

/** `Friday 27 November 2026`: the heading of a day's messages. */
export function longDayText(iso: string, zone: string): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return parts(iso, zone, day).replace(',', '');
}

/** A plain day (`2026-11-27`), the same for every reader. */
export function plainDayText(day: string, now: string, zone: string): string {
  const thisYear = parts(now, zone, { year: 'numeric' });
  const noon = `${day}T12:00:00Z`;
  return dayOfText(noon, 'UTC', day.startsWith(thisYear) ? noon : `${thisYear}-07-01T12:00:00Z`);
}

/** A plain day (`2026-11-27`) as somebody writes it: `Fri 27 Nov 2026`. A day that does not exist stays as it is. */
export function writtenDayText(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(noon.getTime()) || !noon.toISOString().startsWith(day)) return day;
  const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return parts(noon.toISOString(), 'UTC', date).replace(',', '');
}

/** `Fri 27 Nov, 15:04`. */
export function momentText(iso: string, zone: string, now: string): string {
  return `${dayOfText(iso, zone, now)}, ${timeText(iso, zone)}`;
}

/** `MG` for Maya Green. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

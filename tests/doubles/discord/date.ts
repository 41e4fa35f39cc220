/** A time (ms since 1970 UTC) as Discord writes it. */
export const isoDate = (ms: number): string => new Date(ms).toISOString();

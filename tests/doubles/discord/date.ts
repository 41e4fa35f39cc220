/** A moment (in ms) as Discord writes it. */
export const isoDate = (ms: number): string => new Date(ms).toISOString();

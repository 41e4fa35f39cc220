/** A moment (in ms) as Discord writes it. */
export const dateOf = (ms: number): string => new Date(ms).toISOString();

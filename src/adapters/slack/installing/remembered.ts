/** How long a value is given out before the store is asked again, behind the one who asks (ms). */
const FRESH = 30_000;

/** Values read from the store, by key. */
export interface Remembered<T> {
  /** What is remembered, however old; else what `read` finds. Only a first read is waited for. */
  get(key: string): Promise<T | undefined>;
  forget(key: string): void;
}

/**
 * Remembers what was read, so that asking again does not wait for the store (Slack wants its answer within 3 s,
 * whatever the store does). What is old is given out once more while it is read again. Nothing found is not remembered.
 * @param most how many keys are held; those that nobody asked for longest go first.
 */
export function remembered<T>(
  read: (key: string) => Promise<T | undefined>,
  most: number,
): Remembered<T> {
  const held = new Map<string, { value: T; at: number; isReading: boolean }>();

  async function readAgain(key: string): Promise<T | undefined> {
    const before = held.get(key);
    const value = await read(key);
    // Forgotten meanwhile: what was read may be older than the reason for that.
    if (before !== held.get(key)) return value;
    held.delete(key);
    if (value !== undefined) held.set(key, { value, at: performance.now(), isReading: false });
    if (held.size > most) held.delete(held.keys().next().value as string);
    return value;
  }

  return {
    async get(key) {
      const known = held.get(key);
      if (!known) return readAgain(key);
      held.delete(key);
      held.set(key, known);
      if (!known.isReading && performance.now() - known.at > FRESH) {
        known.isReading = true;
        readAgain(key).catch(() => {
          known.isReading = false;
        });
      }
      return known.value;
    },
    forget: (key) => void held.delete(key),
  };
}

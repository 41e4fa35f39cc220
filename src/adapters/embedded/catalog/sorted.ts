interface Chunk<V> {
  keys: string[];
  values: V[];
}

const LARGEST = 256;

/** A map kept in the order of its keys: short sorted arrays in a sorted array, so each step is cheap. */
export class Sorted<V> {
  readonly #chunks: Chunk<V>[] = [];

  /** Adds a key, or gives it another value. */
  set(key: string, value: V): void {
    const number = this.#chunkOf(key);
    const chunk = this.#chunks[number];
    if (!chunk) {
      this.#chunks.push({ keys: [key], values: [value] });
      return;
    }
    const at = place(chunk.keys, key);
    if (chunk.keys[at] === key) {
      chunk.values[at] = value;
      return;
    }
    chunk.keys.splice(at, 0, key);
    chunk.values.splice(at, 0, value);
    if (chunk.keys.length > LARGEST) this.#split(number, chunk, at);
  }

  /** Takes a key out; says whether it was there. */
  delete(key: string): boolean {
    const number = this.#chunkOf(key);
    const chunk = this.#chunks[number];
    const at = chunk ? place(chunk.keys, key) : 0;
    if (chunk?.keys[at] !== key) return false;
    chunk.keys.splice(at, 1);
    chunk.values.splice(at, 1);
    if (chunk.keys.length === 0) this.#chunks.splice(number, 1);
    return true;
  }

  /** The values from key `from` up to, not including, `to`; backwards if asked. Not to be changed meanwhile. */
  *range(from: string, to: string, backwards = false): Generator<V> {
    if (backwards) return yield* this.#downwards(from, to);
    for (let number = this.#chunkOf(from); number < this.#chunks.length; number++) {
      const { keys, values } = this.#chunks[number]!;
      for (let at = place(keys, from); at < keys.length; at++) {
        if (keys[at]! >= to) return;
        yield values[at]!;
      }
    }
  }

  *#downwards(from: string, to: string): Generator<V> {
    for (let number = this.#chunkOf(to); number >= 0; number--) {
      const chunk = this.#chunks[number];
      if (!chunk) return;
      for (let at = place(chunk.keys, to) - 1; at >= 0; at--) {
        if (chunk.keys[at]! < from) return;
        yield chunk.values[at]!;
      }
    }
  }

  /** The last chunk that begins at or before `key`, or the first. */
  #chunkOf(key: string): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#chunks[middle]!.keys[0]! <= key) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Halves a chunk; one that grew at its end, as with rising ids, stays nearly full. */
  #split(number: number, chunk: Chunk<V>, grownAt: number): void {
    const half = grownAt === LARGEST ? LARGEST : LARGEST >>> 1;
    const keys = chunk.keys.splice(half);
    const values = chunk.values.splice(half);
    this.#chunks.splice(number + 1, 0, { keys, values });
  }
}

/** The first place whose key is not less than `key`. */
function place(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a message has room for. */
export interface Capacity<B> {
  holds(blocks: readonly B[]): boolean;
  /** Whether a block holds nothing but buttons. */
  isButtons(block: B): boolean;
  /** The words that stand for parts that are left out. */
  andMore(count: number): B;
}

/**
 * The blocks of all parts (a part: what only makes sense together). Where there is not room for all, those of the
 * first ones and of the last, and how many more there are.
 */
export function fitBlocks<B>(parts: readonly (readonly B[])[], room: Capacity<B>): B[] {
  if (room.holds(parts.flat())) return parts.flat();
  const last = parts.at(-1) ?? [];
  // The buttons under a card are for all of it: the next page, what to do with the rest.
  const foot = last.every((block) => room.isButtons(block)) ? last : [];
  const middle = foot.length > 0 ? parts.slice(0, -1) : parts;
  const shown: B[] = [];
  let left = middle.length;
  for (const part of middle) {
    if (!room.holds([...shown, ...part, room.andMore(left), ...foot])) break;
    shown.push(...part);
    left--;
  }
  return [...shown, room.andMore(left), ...foot];
}

/** What one block takes. */
export interface Group<E> {
  sizeOf(element: E): number;
  largest: number;
  /** Elements. */
  most?: number;
}

/** Elements in groups that make one block each. */
export function groupBlocks<E>(elements: readonly E[], group: Group<E>): E[][] {
  const { sizeOf, largest, most = Number.POSITIVE_INFINITY } = group;
  const groups: E[][] = [];
  let size = 0;
  for (const element of elements) {
    const own = sizeOf(element);
    const last = groups.at(-1);
    if (last && last.length < most && size + own <= largest) {
      last.push(element);
      size += own;
    } else {
      groups.push([element]);
      size = own;
    }
  }
  return groups;
}

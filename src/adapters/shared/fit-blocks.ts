/** How much a message can hold. */
export interface Capacity<B> {
  holds(blocks: readonly B[]): boolean;
  /** Whether a block has nothing but buttons. */
  isButtons(block: B): boolean;
  /** The words that stand for the parts that are left out. */
  andMore(count: number): B;
}

/**
 * The blocks of all parts (a part: blocks that only make sense together). If they do not fit: the blocks of the first
 * parts, how many more there are, and the buttons at the end.
 */
export function fitBlocks<B>(parts: readonly (readonly B[])[], capacity: Capacity<B>): B[] {
  if (capacity.holds(parts.flat())) return parts.flat();
  const last = parts.at(-1) ?? [];
  // The buttons under a card are for all of it, such as the one for the next page.
  const footer = last.every((block) => capacity.isButtons(block)) ? last : [];
  const body = footer.length > 0 ? parts.slice(0, -1) : parts;
  const shown: B[] = [];
  let left = body.length;
  for (const part of body) {
    if (!capacity.holds([...shown, ...part, capacity.andMore(left), ...footer])) break;
    shown.push(...part);
    left--;
  }
  return [...shown, capacity.andMore(left), ...footer];
}

/** How many elements make one block. */
export interface GroupLimits<E> {
  sizeOf(element: E): number;
  /** The largest sum of sizes in one group. A larger element is a group of its own. */
  maxSize: number;
  maxElements?: number;
}

/** Splits elements into groups that make one block each. */
export function groupBlocks<E>(elements: readonly E[], limits: GroupLimits<E>): E[][] {
  const { sizeOf, maxSize, maxElements = Number.POSITIVE_INFINITY } = limits;
  const groups: E[][] = [];
  let size = 0;
  for (const element of elements) {
    const own = sizeOf(element);
    const last = groups.at(-1);
    if (last && last.length < maxElements && size + own <= maxSize) {
      last.push(element);
      size += own;
    } else {
      groups.push([element]);
      size = own;
    }
  }
  return groups;
}

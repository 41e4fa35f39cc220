import type { KnownBlock } from '@slack/types';
import { LONGEST_TEXT } from './limits.ts';
import { plainText } from './plain-text.ts';

/** How many blocks there may be, and of how many bytes as JSON. */
export interface Room {
  blocks: number;
  bytes: number;
}

/** A part of a card, as the blocks that only make sense together. */
export type Part = readonly KnownBlock[];

/** Bytes of one block as JSON: a larger one is several, so that as much as possible is shown where not all can be. */
const LARGEST_BLOCK = 4000;

/** Elements in groups that make one block each, of at most so many. */
export function grouped<E>(elements: readonly E[], most = Number.POSITIVE_INFINITY): E[][] {
  const groups: E[][] = [];
  let bytes = 0;
  for (const element of elements) {
    const size = sizeOf(element);
    const last = groups.at(-1);
    if (last && last.length < most && bytes + size <= LARGEST_BLOCK) {
      last.push(element);
      bytes += size;
    } else {
      groups.push([element]);
      bytes = size;
    }
  }
  return groups;
}

/** The blocks of all parts; where there is not room for all, those of the first ones and of the last, and how many more there are. */
export function fitted(parts: readonly Part[], room: Room): KnownBlock[] {
  if (fits(parts.flat(), room)) return parts.flat();
  const last = parts.at(-1) ?? [];
  // The buttons under a card are for all of it: the next page, what to do with the rest.
  const foot = last.every(({ type }) => type === 'actions') ? last : [];
  const middle = foot.length > 0 ? parts.slice(0, -1) : parts;
  const shown: KnownBlock[] = [];
  let left = middle.length;
  for (const part of middle) {
    if (!fits([...shown, ...part, andMore(left), ...foot], room)) break;
    shown.push(...part);
    left--;
  }
  return [...shown, andMore(left), ...foot];
}

function fits(blocks: readonly KnownBlock[], room: Room): boolean {
  const bytes = blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  return blocks.length <= room.blocks && bytes <= room.bytes;
}

/** Bytes of a value as JSON in a list. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value)) + ','.length;
}

function andMore(count: number): KnownBlock {
  return { type: 'context', elements: [plainText(`… and ${count} more.`, LONGEST_TEXT)] };
}

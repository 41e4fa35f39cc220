import type { KnownBlock } from '@slack/types';
import * as core from '../shared/fit-blocks.ts';
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
  return core.groupBlocks<E>(elements, { sizeOf, largest: LARGEST_BLOCK, most });
}

/** The blocks of all parts, as many as there is room for. */
export function fitted(parts: readonly Part[], room: Room): KnownBlock[] {
  return core.fitBlocks(parts, {
    holds: (blocks) =>
      blocks.length <= room.blocks &&
      blocks.reduce((sum, block) => sum + sizeOf(block), 0) <= room.bytes,
    isButtons: ({ type }) => type === 'actions',
    andMore: (count) => ({
      type: 'context',
      elements: [plainText(`… and ${count} more.`, LONGEST_TEXT)],
    }),
  });
}

/** Bytes of a value as JSON in a list. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value)) + ','.length;
}

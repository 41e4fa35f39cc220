import type { KnownBlock } from '@slack/types';
import { fitBlocks, groupBlocks } from '../../shared/fit-blocks.ts';
import { MAX_TEXT_LENGTH } from './limits.ts';
import { plainText } from './plain-text.ts';

/** How much a message or view can hold. */
export interface BlockLimits {
  maxBlocks: number;
  /** All blocks as JSON. */
  maxBytes: number;
}

/** A part of a card: blocks that only make sense together. */
export type Part = readonly KnownBlock[];

/** One block as JSON. Small blocks waste less room if not all of them fit. */
const MAX_BLOCK_BYTES = 4000;

/** Splits elements into groups that make one block each. */
export function groupElements<E>(
  elements: readonly E[],
  maxElements = Number.POSITIVE_INFINITY,
): E[][] {
  return groupBlocks<E>(elements, { sizeOf: jsonBytes, maxSize: MAX_BLOCK_BYTES, maxElements });
}

/** The blocks of all parts, or as many of them as fit. */
export function fitParts(
  parts: readonly Part[],
  { maxBlocks, maxBytes }: BlockLimits,
): KnownBlock[] {
  return fitBlocks(parts, {
    holds: (blocks) =>
      blocks.length <= maxBlocks &&
      blocks.reduce((sum, block) => sum + jsonBytes(block), 0) <= maxBytes,
    isButtons: ({ type }) => type === 'actions',
    andMore: (count) => ({
      type: 'context',
      elements: [plainText(`… and ${count} more.`, MAX_TEXT_LENGTH)],
    }),
  });
}

/** The size of a value in a JSON list. */
function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value)) + ','.length;
}

import { createHash } from 'node:crypto';
import type { Shown } from '../fit.ts';

/** Discord gives components small ids, in order, where a message brings none: https://discord.com/developers/docs/components/reference#anatomy-of-a-component */
const OURS = 0x4000_0000;

/** The components with a delivery's mark: the first one's id, which nobody sees. */
export function marked(components: Shown[], delivery: string | undefined): Shown[] {
  const [first, ...rest] = components;
  if (!first || delivery === undefined) return components;
  return [{ ...first, id: markOf(delivery) }, ...rest];
}

/** Whether a message, by its components as Discord gives them, is that of a delivery. */
export function carries(components: unknown, delivery: string): boolean {
  const mark = markOf(delivery);
  return Array.isArray(components) && components.some((component) => component?.id === mark);
}

/** 30 bits of a digest, above Discord's own ids and within its 32. */
function markOf(delivery: string): number {
  return OURS + (createHash('sha256').update(delivery).digest().readUInt32BE() >>> 2);
}

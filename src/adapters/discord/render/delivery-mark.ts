import { createHash } from 'node:crypto';
import type { MessageComponent } from './fit.ts';

/** Above all ids that Discord gives to components by itself: https://discord.com/developers/docs/components/reference#anatomy-of-a-component */
const FIRST_MARK = 0x4000_0000;

/** Marks the components of a message as a delivery's: the mark is the id of the first component, which nobody sees. */
export function withDeliveryMark(
  components: MessageComponent[],
  delivery: string | undefined,
): MessageComponent[] {
  const [first, ...rest] = components;
  if (!first || delivery === undefined) return components;
  return [{ ...first, id: markOf(delivery) }, ...rest];
}

/** Whether a message's components, as Discord returns them, have a delivery's mark. */
export function hasDeliveryMark(components: unknown, delivery: string): boolean {
  const mark = markOf(delivery);
  return Array.isArray(components) && components.some((component) => component?.id === mark);
}

/** 30 bits of a digest, above `FIRST_MARK`, so that the mark fits into the 32 bits of an id. */
function markOf(delivery: string): number {
  return FIRST_MARK + (createHash('sha256').update(delivery).digest().readUInt32BE() >>> 2);
}

import { type APITextDisplayComponent, ComponentType } from 'discord.js';
import { fitBlocks } from '../../shared/fit-blocks.ts';
import type { ActionRow } from './button.ts';
import { MAX_COMPONENTS_PER_MESSAGE, MAX_MESSAGE_LENGTH } from './limits.ts';

/** A top-level component of a message. */
export type MessageComponent = APITextDisplayComponent | ActionRow;

/** A part of a card: components that only make sense together. */
export type Part = readonly MessageComponent[];

/**
 * The components of a message, within Discord's limits.
 * @param layouts the same card in several layouts, each smaller than the one before. The first that fits is used; if none
 *   does, as much of the last one as fits.
 */
export function fitParts(layouts: readonly (() => readonly Part[])[]): MessageComponent[] {
  let parts: readonly Part[] = [];
  for (const layout of layouts) {
    parts = layout();
    if (holds(parts.flat())) break;
  }
  const shown = fitBlocks<MessageComponent>(parts, {
    holds,
    isButtons: ({ type }) => type === ComponentType.ActionRow,
    andMore: (count) => ({ type: ComponentType.TextDisplay, content: `-# … and ${count} more.` }),
  });
  return shown.length > 0 ? shown : [{ type: ComponentType.TextDisplay, content: '…' }];
}

function holds(components: Part): boolean {
  const length = components.reduce(
    (sum, one) => sum + ('content' in one ? one.content.length : 0),
    0,
  );
  return (
    length <= MAX_MESSAGE_LENGTH &&
    components.reduce((sum, one) => sum + countOf(one), 0) <= MAX_COMPONENTS_PER_MESSAGE
  );
}

/** Counts a component and those in it. */
function countOf(component: MessageComponent): number {
  return 'components' in component ? 1 + component.components.length : 1;
}

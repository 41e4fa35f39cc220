import { type APITextDisplayComponent, ComponentType } from 'discord.js';
import { fitBlocks as fittedIn } from '../shared/fit-blocks.ts';
import type { ActionRow } from './button.ts';
import { LONGEST_MESSAGE, MOST_COMPONENTS } from './limits.ts';

/** What stands in a message, side by side. */
export type Shown = APITextDisplayComponent | ActionRow;

/** A part of a card, as the components that only make sense together. */
export type Part = readonly Shown[];

/**
 * The components of a message, within Discord's limits.
 * @param ways the same card in several ways, each of which takes less room than the one before: the first one that fits
 *   is shown, of the last one as much as fits.
 */
export function fitted(ways: readonly (() => readonly Part[])[]): Shown[] {
  let parts: readonly Part[] = [];
  for (const way of ways) {
    parts = way();
    if (holds(parts.flat())) break;
  }
  const shown = fittedIn<Shown>(parts, {
    holds,
    isButtons: ({ type }) => type === ComponentType.ActionRow,
    andMore: (count) => ({ type: ComponentType.TextDisplay, content: `-# … and ${count} more.` }),
  });
  return shown.length > 0 ? shown : [{ type: ComponentType.TextDisplay, content: '…' }];
}

function holds(shown: Part): boolean {
  const length = shown.reduce((sum, one) => sum + ('content' in one ? one.content.length : 0), 0);
  return (
    length <= LONGEST_MESSAGE &&
    shown.reduce((sum, one) => sum + countOf(one), 0) <= MOST_COMPONENTS
  );
}

/** A component and those in it. */
function countOf(component: Shown): number {
  return 'components' in component ? 1 + component.components.length : 1;
}

import { followups } from '../../domain/followups/followup.ts';
import type { Change } from '../../domain/receipts/change.ts';
import type { CommandReceipt } from '../../domain/receipts/receipt.ts';
import { joined, type RichText, rich } from '../../message/rich-text.ts';
import { acquaintanceKind } from './acquaintance-effect.ts';
import {
  type Effect,
  type EffectsDeps,
  isAdded,
  isClosing,
  type Kind,
  kinds,
} from './effect-kinds.ts';
import { meetingKind } from './meeting-effect.ts';
import { personKinds } from './person-effects.ts';

/** How many rows of one kind are named. More are only counted. */
const MAX_ROWS_NAMED = 2;
const allKinds = [...kinds, ...personKinds, acquaintanceKind, meetingKind];

/** How many kinds of effects are told. */
const MAX_KINDS_TOLD = 3;

/**
 * What a command did, in words, the most important first. What is hidden from the member is left out, as is what was
 * only computed. To be called before the changes are reverted.
 */
export async function effectsOf(
  { changes }: Pick<CommandReceipt, 'changes'>,
  deps: EffectsDeps,
): Promise<Effect[]> {
  const groups = new Map<Kind, Change[]>();
  for (const kind of allKinds) {
    const own = changes.filter((change) => kindOf(change, changes) === kind);
    if (own.length > 0) groups.set(kind, own);
  }
  const told = [...groups].slice(0, MAX_KINDS_TOLD).map(async ([kind, own]) => {
    const { length } = own;
    if (length > MAX_ROWS_NAMED)
      return [{ label: `${length} ${kind.several}`, undone: rich`${length} ${kind.undone}` }];
    const each = await Promise.all(own.map((change) => kind.effect(change, deps)));
    return each.filter((effect) => effect !== undefined);
  });
  return (await Promise.all(told)).flat();
}

/** Effects in one sentence part: `"ring Sue" is open again, and **Oakfield School** is as it was before`. */
export function undoneSentence(effects: readonly Effect[]): RichText | undefined {
  if (effects.length === 0) return undefined;
  const texts = effects.map(({ undone }) => undone);
  const last = texts.at(-1) ?? [];
  return texts.length === 1 ? last : rich`${joined(texts.slice(0, -1), ', ')}, and ${last}`;
}

function kindOf(change: Change, all: readonly Change[]): Kind | undefined {
  // The next one of a series comes and goes with the one before it.
  if (isAdded(change) && change.collection === followups.name && all.some(isClosing))
    return undefined;
  return allKinds.find((kind) => kind.collection === change.collection && kind.isOf(change, all));
}

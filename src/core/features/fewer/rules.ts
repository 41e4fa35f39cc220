import { effectiveRhythm } from '../members/rules.ts';
import type { Member, Rhythm } from '../members/store.ts';

/** What is rarer than each rhythm. */
const rarerThan: { readonly [rhythm in Rhythm]: readonly Rhythm[] } = {
  daily: ['weekly', 'dated'],
  weekly: ['dated'],
  dated: [],
  off: [],
};

/** The rhythms that would be fewer than somebody has now. */
export function rarerRhythms(member: Pick<Member, 'rhythm' | 'role'>): readonly Rhythm[] {
  return rarerThan[effectiveRhythm(member)];
}

/** Where a follow-up goes that is handed back: to who gave it, if they are still here, else to nobody yet. */
export function backTo(
  row: { createdBy: string },
  holder: string,
  isHere: (member: string) => boolean,
): string | null {
  return row.createdBy !== holder && isHere(row.createdBy) ? row.createdBy : null;
}

import type { Member, Rhythm } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';

/** The rhythms that would be fewer than somebody has now. */
export function rarerRhythms(member: Pick<Member, 'rhythm' | 'role'>): readonly Rhythm[] {
  return rarerThan[effectiveRhythm(member)];
}

/** What is rarer than each rhythm. */
export const rarerThan: { readonly [rhythm in Rhythm]: readonly Rhythm[] } = {
  daily: ['weekly', 'dated'],
  weekly: ['dated'],
  dated: [],
  off: [],
};

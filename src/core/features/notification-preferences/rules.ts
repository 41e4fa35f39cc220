import type { BriefRhythm, Member } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';

/** The rhythms that would be fewer than somebody has now. */
export function rarerRhythms(member: Pick<Member, 'rhythm' | 'role'>): readonly BriefRhythm[] {
  return rarerThan[effectiveRhythm(member)];
}

/** What is rarer than each rhythm. */
const rarerThan: { readonly [rhythm in BriefRhythm]: readonly BriefRhythm[] } = {
  daily: ['weekly', 'dated'],
  weekly: ['dated'],
  dated: [],
  off: [],
};

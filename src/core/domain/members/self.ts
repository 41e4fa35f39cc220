import type { Member } from './member.ts';

/** Whether an id is a member's own: theirs, or that of one who turned out to be them. */
export function isSelf({ id, formerly }: Pick<Member, 'id' | 'formerly'>, other: string | null) {
  return other === id || (other !== null && formerly?.includes(other) === true);
}

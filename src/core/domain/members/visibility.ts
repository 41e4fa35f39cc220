import { isSameMember, type Member } from './member.ts';

/** Whether a member belongs to a partner. Notes about it and promises to it are hidden from them. */
export function isTiedTo({ tiedTo }: Pick<Member, 'tiedTo'>, partner: string | null): boolean {
  return partner !== null && tiedTo.includes(partner);
}

/** Whether a follow-up is hidden from a member: they are tied to its partner, and it is not their own. */
export function isHiddenFrom(
  member: Pick<Member, 'id' | 'mergedFrom' | 'tiedTo'>,
  row: { partner: string | null; who: string | null; asked: string | null; createdBy: string },
): boolean {
  const own = [row.who, row.asked, row.createdBy].some((id) => isSameMember(member, id));
  return !own && isTiedTo(member, row.partner);
}

/** Whether a contact is hidden from a member: they are tied to its partner, and did not note it themselves. */
export function isContactHiddenFrom(
  member: Pick<Member, 'id' | 'mergedFrom' | 'tiedTo'>,
  { partner, by }: { partner: string; by: string },
): boolean {
  return !isSameMember(member, by) && isTiedTo(member, partner);
}

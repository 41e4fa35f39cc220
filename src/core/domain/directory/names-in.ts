import type { Named } from '../../names/match.ts';
import type { Member } from '../members/member.ts';
import type { Directory, PartnerName } from './directory.ts';

/** A member as something to be found by name. */
export interface PersonName extends Named {
  readonly member: Member;
}

const people = new WeakMap<Directory, readonly PersonName[]>();
const current = new WeakMap<Directory, readonly PartnerName[]>();

/** Who may be named: members who are still here. The same list each time, so that its index is built once. */
export function peopleOf(directory: Directory): readonly PersonName[] {
  const known = people.get(directory);
  if (known) return known;
  const active = directory.members.filter((member) => member.active);
  const list = active.map((member) => ({ id: member.id, name: member.name, aliases: [], member }));
  people.set(directory, list);
  return list;
}

/** Which partners may be named: those that are not archived. */
export function partnersOf(directory: Directory): readonly PartnerName[] {
  const known = current.get(directory);
  if (known) return known;
  const list = directory.partners.filter((partner) => !partner.archived);
  current.set(directory, list);
  return list;
}

import type { Member } from '../members/member.ts';
import { type Viewer, viewerOf } from '../members/visibility.ts';
import { currentPositions, type Person } from '../people/person.ts';
import type { Directory, PersonName } from './directory.ts';

/** Whether a person is hidden from somebody: they are or were at a partner whose notes are hidden from them. */
export function isPersonHiddenFrom(
  { hiddenPartners }: Viewer,
  { positions }: Pick<Person, 'positions'>,
  directory: Pick<Directory, 'partner'>,
): boolean {
  return (
    hiddenPartners.size > 0 &&
    positions.some(({ partner }) => hiddenPartners.has(directory.partner(partner)?.id ?? partner))
  );
}

const seen = new WeakMap<Directory, Map<string, readonly PersonName[]>>();

/**
 * The people of all partners who are not hidden from a member. The list is kept with the directory, so that names are
 * prepared for searching once and not at each key that is typed.
 */
export function peopleSeenBy(member: Member, directory: Directory): readonly PersonName[] {
  const { people } = directory;
  const viewer = viewerOf(member, directory);
  if (viewer.hiddenPartners.size === 0) return people;
  const lists = seen.get(directory) ?? new Map<string, readonly PersonName[]>();
  seen.set(directory, lists);
  const key = [...viewer.hiddenPartners].sort().join(' ');
  const known = lists.get(key);
  if (known) return known;
  const list = people.filter((person) => !isPersonHiddenFrom(viewer, person, directory));
  lists.set(key, list);
  return list;
}

/** A person with where they are, or were last: `Jane Doe · Riverside Council`. */
export function personLabel(
  person: Pick<Person, 'name' | 'positions'>,
  { partner }: Pick<Directory, 'partner'>,
): string {
  const current = currentPositions(person);
  const where = (current.length > 0 ? current : person.positions.slice(-1)).flatMap(
    ({ partner: id }) => partner(id)?.name ?? [],
  );
  return [person.name, where.join(', ')].filter((part) => part !== '').join(' · ');
}

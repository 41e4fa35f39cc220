import type { Directory, PersonName } from '../domain/directory/directory.ts';
import { isPersonHiddenFrom } from '../domain/directory/people-seen.ts';
import { isTiedTo, type Viewer } from '../domain/members/visibility.ts';
import type { Block, Button } from '../message/reply.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';

/** How many people of a partner are named; the others are behind a button. */
const MAX_PEOPLE_SHOWN = 3;

/** The people who are at a partner now, without those who are hidden from somebody, in alphabetical order. */
export function peopleThere(
  partner: string,
  viewer: Viewer,
  directory: Directory,
): readonly PersonName[] {
  if (isTiedTo(viewer, partner)) return [];
  return directory
    .peopleAt(partner)
    .filter(
      (person) =>
        isAtPartner(partner, person, directory) && !isPersonHiddenFrom(viewer, person, directory),
    );
}

/** The positions of a person at a partner, those included that they had at one that was merged into it. */
export const positionsAt = (
  partner: string,
  { positions }: Pick<PersonName, 'positions'>,
  directory: Pick<Directory, 'partner'>,
) => positions.filter((one) => (directory.partner(one.partner)?.id ?? one.partner) === partner);

/** Whether a person is at a partner now. */
export const isAtPartner = (
  partner: string,
  person: Pick<PersonName, 'positions'>,
  directory: Pick<Directory, 'partner'>,
): boolean => positionsAt(partner, person, directory).some(({ until }) => until === null);

/** Shows a person. */
export const personButton = ({ id }: { id: string }, label = 'Show'): Button => ({
  label,
  command: 'person show',
  args: { who: `#${id}` },
});

/** The people at a partner, as a part of its story. Nothing if none is kept. */
export function peopleBlocks(partner: string, viewer: Viewer, directory: Directory): Block[] {
  const there = peopleThere(partner, viewer, directory);
  if (there.length === 0) return [];
  const all: Button = {
    label: `All ${there.length} people`,
    command: 'person find',
    args: { at: `#${partner}` },
  };
  return [
    { kind: 'text', text: rich`${bold('People')}` },
    ...there.slice(0, MAX_PEOPLE_SHOWN).map(
      (person): Block => ({
        kind: 'row',
        text: rich`${bold(person.name)}${jobText(partner, person, directory)}`,
        buttons: [personButton(person)],
      }),
    ),
    ...(there.length > MAX_PEOPLE_SHOWN ? [{ kind: 'buttons' as const, buttons: [all] }] : []),
  ];
}

/** What somebody does at a partner, after their name: `, housing officer`. */
function jobText(
  partner: string,
  person: Pick<PersonName, 'positions'>,
  directory: Pick<Directory, 'partner'>,
): RichText {
  const job = positionsAt(partner, person, directory).findLast(({ until }) => until === null)?.job;
  return rich`${job && `, ${job}`}`;
}

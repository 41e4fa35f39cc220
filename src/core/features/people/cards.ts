import { personButton } from '../../cards/people-there.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import type { Directory, PersonName } from '../../domain/directory/directory.ts';
import type { Viewer } from '../../domain/members/visibility.ts';
import { currentPositions, type Person, type Position } from '../../domain/people/person.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';

/** Opens the form of a person's details. */
export const editPersonButton = ({ id }: { id: string }): Button => ({
  label: 'Edit',
  command: 'person edit',
  args: { who: `#${id}`, [FORM]: 'yes' },
});

/** Shows what to send to somebody who is kept. */
export const tellButton = ({ id, name }: { id: string; name: string }): Button => ({
  // The whole name: an erasure would have to ask about a first name.
  label: `Tell ${name}`,
  command: 'person tell',
  args: { who: `#${id}` },
});

/** What somebody does, and where: `housing officer at **Riverside Council**`. @param partner the partner's name */
export function positionText({ job }: Pick<Position, 'job'>, partner: string): RichText {
  return job === null ? rich`at ${bold(partner)}` : rich`${job} at ${bold(partner)}`;
}

/** Who looks at a person, and on which day. */
export interface PersonView {
  viewer: Viewer;
  directory: Directory;
  today: Day;
}

/** A position with its days: `housing officer at **Riverside Council** until Fri 4 Dec`. */
function datedPosition(position: Position, { directory }: PersonView): RichText {
  const { partner, from, until } = position;
  const since = from && rich`${until === null ? ' since ' : ' from '}${day(from)}`;
  const end = until && rich` until ${day(until)}`;
  return rich`${positionText(position, directory.partner(partner)?.name ?? 'a partner')}${since}${end}`;
}

/** How long after they are kept somebody has to be told: a month (UK GDPR, article 14: https://ico.org.uk). */
const TELL_WITHIN = { months: 1 };

/** Everything that is kept of a person. */
export function personCard(person: Person, view: PersonView): Reply {
  const current = currentPositions(person);
  const past = person.positions.filter(({ until }) => until !== null);
  const where =
    current.length > 0
      ? joined(
          current.map((one) => datedPosition(one, view)),
          '; ',
        )
      : rich`not at a partner any more`;
  const lines = [
    person.phone && rich`Phone: ${person.phone}`,
    person.email && rich`E-mail: ${person.email}`,
    person.reach && rich`Likes to be reached: ${person.reach}`,
    past.length > 0 &&
      rich`Before: ${joined(
        past.map((one) => datedPosition(one, view)),
        '; ',
      )}`,
  ].flatMap((text): Block[] => (text ? [{ kind: 'text', text }] : []));
  const buttons = [
    editPersonButton(person),
    ...(person.toldOn === null ? [tellButton(person)] : []),
  ];
  return {
    text: rich`${bold(person.name)}: ${where}`,
    card: [...lines, { kind: 'note', text: keptText(person, view) }, { kind: 'buttons', buttons }],
  };
}

/** Where it is known from, and whether the person knows that it is kept. */
function keptText(person: Person, { directory }: PersonView): RichText {
  const by = directory.member(person.keptBy)?.name ?? 'Somebody who has left';
  const source = person.source && ', from a note of a conversation';
  const told = person.toldOn
    ? rich` They were told on ${day(person.toldOn)}.`
    : rich` They should hear of it by ${day(addToDay(person.keptOn, TELL_WITHIN))}.`;
  return rich`${by} had this kept on ${day(person.keptOn)}${source}.${told}`;
}

/** A person as a row of a list. */
export function personRow(person: PersonName, { directory }: Pick<PersonView, 'directory'>): Block {
  const current = currentPositions(person);
  const [last] = person.positions.slice(-1);
  const nameOf = (id: string) => directory.partner(id)?.name ?? 'a partner';
  const where =
    current.length > 0
      ? joined(
          current.map((one) => positionText(one, nameOf(one.partner))),
          ', ',
        )
      : last &&
        rich`until ${last.until && day(last.until)} ${positionText(last, nameOf(last.partner))}`;
  return {
    kind: 'row',
    text: rich`${bold(person.name)}, ${where}`,
    buttons: [personButton(person)],
  };
}

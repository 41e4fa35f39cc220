import { isPersonHiddenFrom } from '../../domain/directory/people-seen.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { type Person, people } from '../../domain/people/person.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { isAdded, type Kind, rowOf } from './effect-kinds.ts';

/** A kind of change of people at partners. */
function ofPeople(isOf: Kind['isOf'], undone: string, text: (was: Person) => RichText): Kind {
  return {
    collection: people.name,
    isOf,
    several: 'people',
    undone: `people are ${undone}`,
    async effect(change, deps) {
      const { directory, member } = deps;
      const row = await rowOf<Person>(change, people, deps);
      if (!row || isPersonHiddenFrom(viewerOf(member, directory), row, directory)) return undefined;
      return { label: row.name, undone: text({ ...row, ...change.before }) };
    },
  };
}

/** The kinds of changes of people that are told. */
export const personKinds: readonly Kind[] = [
  ofPeople(isAdded, 'no longer kept', ({ name }) => rich`${bold(name)} is no longer kept`),
  ofPeople(
    () => true,
    'as they were before',
    ({ name }) => rich`${bold(name)} is kept as before`,
  ),
];

import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { isPersonHiddenFrom } from '../../domain/directory/people-seen.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { type Person, people } from '../../domain/people/person.ts';
import type { Reply } from '../../message/reply.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { StateError } from '../../message/user-error.ts';
import { personCard } from './cards.ts';

/** The person that a command is about. */
export const who = {
  kind: 'person',
  past: true,
  needed: true,
  summary: 'The person',
  ask: 'Who?',
  hint: '',
} as const;

/** Shows what is kept of somebody at a partner. */
export const showPerson = defineCommand({
  name: 'person show',
  title: 'Somebody at a partner',
  summary: 'See somebody at a partner: what they do, and how to reach them',
  phrases: ['how do i reach …', 'how can i reach …', 'phone number of …', 'email of …'],
  examples: ['person show jane doe', 'person show jane doe at riverside council'],
  args: { who },
  words: ['who'],
  audience: 'actor',
  guard: 'see the register',
  submit: 'Show',
  async run({ args, member, today }, deps): Promise<Reply> {
    const { directory } = deps;
    const person = await readPerson(args.who.id, member, deps);
    return personCard(person, { viewer: viewerOf(member, directory), directory, today });
  },
});

/**
 * The row of a person.
 * @throws StateError if it is gone, or hidden from the member.
 */
export async function readPerson(
  id: string,
  member: Call['member'],
  { store, directory }: Pick<Deps, 'store' | 'directory'>,
): Promise<Person> {
  const person = await store.of(people).get(id);
  if (!person || isPersonHiddenFrom(viewerOf(member, directory), person, directory))
    throw new StateError(
      rich`I no longer have that person. You can look with ${commandText('person find')}.`,
    );
  return person;
}

import { isDeepStrictEqual } from 'node:util';
import { idFromReference } from '../../base/id.ts';
import { replyWithUndo, SO_ALREADY } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { type Person, people, withPositions } from '../../domain/people/person.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/name-words.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { editPersonButton } from './cards.ts';
import { checkDetails, details, nameArg } from './details.ts';
import { readPerson, who } from './show.ts';

const clearable = { clearable: true } as const;

/** Changes what is kept of somebody at a partner. */
export const editPerson = defineCommand({
  name: 'person edit',
  title: 'Change a person',
  summary: 'Change what is kept of somebody at a partner',
  examples: ['person edit jane doe phone:"01482 300 300"', 'person edit jane doe job:none'],
  args: {
    // Not required, so that it is not in the form: the button that opens the form says who.
    who: { kind: 'person', past: true, summary: who.summary },
    name: {
      ...nameArg,
      ask: 'What are they called?',
      hint: '',
      emptied: 'A person needs a name. What are they called?',
    },
    job: { ...details.job, ...clearable },
    phone: { ...details.phone, ...clearable },
    email: { ...details.email, ...clearable },
    reach: { ...details.reach, ...clearable },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async prefill(raw, { store, directory, member }): Promise<RawArgs> {
    const id = idFromReference(raw.who);
    if (!id) return {};
    const person = await readPerson(id, member, { store, directory });
    const { name, phone, email, reach, positions } = person;
    return {
      name,
      job: positions.at(-1)?.job ?? '',
      phone: phone ?? '',
      email: email ?? '',
      reach: reach ?? '',
    };
  },
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const { who: which, ...given } = args;
    if (!which) return { text: rich`Who? Type ${commandText('person edit')} and their name.` };
    const before = await readPerson(which.id, member, deps);
    if (Object.values(given).every((value) => value === undefined))
      return {
        text: rich`What shall I change about ${bold(before.name)}?`,
        card: [{ kind: 'buttons', buttons: [editPersonButton(before)] }],
      };
    checkDetails(given);
    if (given.name !== undefined && nameKey(given.name) === '')
      throw new UserError('A name needs at least one letter. What are they called?', 'name');
    const changed = await updateWithRetry(deps.store.of(people), before.id, (row) => {
      const next = edited(row, given);
      return isDeepStrictEqual(next, row) ? undefined : next;
    });
    const name = bold(changed?.name ?? before.name);
    if (changed?.version === before.version) return { text: rich`${SO_ALREADY} That is ${name}.` };
    await deps.namesChanged();
    return replyWithUndo(rich`Changed: ${name}.`, receipt);
  },
});

function edited(
  row: Person,
  given: Partial<Record<'name' | 'job' | 'phone' | 'email' | 'reach', string | null | undefined>>,
): Person {
  const { name, job, phone, email, reach } = given;
  const last = row.positions.length - 1;
  const positions = row.positions.map((position, at) =>
    at === last && job !== undefined ? { ...position, job } : position,
  );
  return withPositions(
    {
      ...row,
      name: name?.replace(/\s+/gu, ' ').trim() ?? row.name,
      phone: phone === undefined ? row.phone : phone,
      email: email === undefined ? row.email : email,
      reach: reach === undefined ? row.reach : reach,
    },
    positions,
  );
}

import { replyWithUndo, SO_ALREADY } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import { currentPositions, people, withPositions } from '../../domain/people/person.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { editPersonButton, positionText } from './cards.ts';
import { details } from './details.ts';
import { readPerson, who } from './show.ts';

/** Somebody is at another partner now. Where they were stays in the stories of both. */
export const movePerson = defineCommand({
  name: 'person move',
  title: 'Somebody has moved',
  summary: 'Note that somebody is at another partner now',
  examples: ['person move jane doe to shores centre'],
  args: {
    who,
    to: {
      kind: 'partner',
      add: true,
      needed: true,
      joins: ['to'],
      summary: 'The partner they are at now',
      ask: 'Where are they now?',
      hint: '',
    },
    job: details.job,
  },
  words: ['who'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const { to, job = null } = args;
    const person = await readPerson(args.who.id, member, deps);
    if (isTiedTo(viewerOf(member, deps.directory), to.id))
      throw new UserError(rich`Somebody else has to keep people at ${bold(to.name)}.`, 'to');
    const current = currentPositions(person);
    const isThere = current.some(({ partner }) => deps.directory.partner(partner)?.id === to.id);
    if (isThere && current.length === 1)
      return { text: rich`${SO_ALREADY} ${bold(person.name)} is at ${bold(to.name)}.` };
    await addIfNew(to, deps);
    const position = { partner: to.id, job, from: today, until: null };
    await updateWithRetry(deps.store.of(people), person.id, (row) =>
      withPositions(row, [
        ...row.positions.map((one) => (one.until === null ? { ...one, until: today } : one)),
        position,
      ]),
    );
    await deps.namesChanged();
    const mayDiffer =
      (person.phone !== null || person.email !== null) &&
      ' Their phone and e-mail may be others now.';
    return replyWithUndo(
      rich`Noted: ${bold(person.name)} is ${positionText(position, to.name)} now.${mayDiffer}`,
      receipt,
      [editPersonButton(person)],
    );
  },
});

import { counted } from '../../base/text.ts';
import { replyWithUndo, SO_ALREADY } from '../../cards/undo-button.ts';
import { successorButtons } from '../../cards/who-now.ts';
import { defineCommand } from '../../command/command.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { currentPositions, people, withPositions } from '../../domain/people/person.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, joined, rich } from '../../message/rich-text.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { askForSuccessor } from './ask-for-successor.ts';
import { givePromise, promisesOf } from './promises.ts';
import { readPerson, who } from './show.ts';

/** Notes that somebody has left a partner. No reason is asked. What was said with them stays in the partner's story. */
export const leavePerson = defineCommand({
  name: 'person left',
  title: 'Somebody has left',
  summary: 'Note that somebody has left a partner; its story stays',
  examples: ['person left jane doe', 'person left jane doe at riverside council when:friday'],
  args: {
    who,
    at: {
      kind: 'partner',
      joins: ['at'],
      summary: 'Which partner they left, if they are at several',
    },
    when: { kind: 'date', tense: 'past', aliases: ['on'], summary: 'When. Leave empty for today' },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const { store, directory } = deps;
    const person = await readPerson(args.who.id, member, deps);
    const name = bold(person.name);
    const isLeft = (partner: string) =>
      args.at === undefined || (directory.partner(partner)?.id ?? partner) === args.at.id;
    const left = currentPositions(person).filter(({ partner }) => isLeft(partner));
    if (left.length === 0) return { text: rich`${SO_ALREADY} ${name} has left.` };
    const until = args.when?.day ?? today;
    await updateWithRetry(store.of(people), person.id, (row) =>
      withPositions(
        { ...row, successor: null },
        row.positions.map((one) =>
          one.until === null && isLeft(one.partner) ? { ...one, until } : one,
        ),
      ),
    );
    await deps.namesChanged();
    const ids = [...new Set(left.map(({ partner }) => directory.partner(partner)?.id ?? partner))];
    const viewer = viewerOf(member, directory);
    const buttons: Button[] = [];
    let promised = 0;
    for (const id of ids) {
      const promises = await promisesOf(person, id, viewer, deps);
      promised += promises.length;
      for (const promise of promises) await givePromise(promise, person, deps);
      await askForSuccessor({ person, partner: id, promises, receipt }, member, deps);
      if (ids.length === 1) buttons.push(...successorButtons(id, person, viewer, directory));
    }
    const names = joined(
      ids.map((id) => rich`${bold(directory.partner(id)?.name ?? 'a partner')}`),
      ' and ',
    );
    const isGone = currentPositions(person).length === left.length;
    const goes =
      isGone &&
      (person.phone !== null || person.email !== null) &&
      ' Their phone and e-mail go in three months.';
    const waits =
      promised > 0 &&
      ` ${counted(promised, 'promise')} of theirs ${promised === 1 ? 'is' : 'are'} still open.`;
    return replyWithUndo(
      rich`Noted: ${name} has left ${names}. What was said with them stays in its story.${goes}${waits} Who should we talk to there now?`,
      receipt,
      buttons,
    );
  },
});

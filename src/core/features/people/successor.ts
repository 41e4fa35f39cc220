import { idFromReference } from '../../base/id.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { type Person, type PersonRef, people } from '../../domain/people/person.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { StateError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { givePromise, promisesOf } from './promises.ts';
import { readPerson, who } from './show.ts';

/** Says who is to be asked instead of somebody who has left: for everything, or for one promise. */
export const nameSuccessor = defineCommand({
  name: 'person successor',
  title: 'Who now?',
  summary: 'Say who to talk to instead of somebody who has left',
  examples: ['person successor jane doe to:"Sam Lee"'],
  args: {
    who: { ...who, summary: 'Who has left', ask: 'Who has left?' },
    to: {
      kind: 'person',
      needed: true,
      summary: 'Who to talk to now',
      ask: 'Who should we talk to now?',
      hint: '',
    },
    which: { kind: 'text', fromButton: true, summary: 'Only this promise' },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const departed = await readPerson(args.who.id, member, deps);
    const { to } = args;
    if (args.which === undefined) {
      const count = await replacePerson(departed, to, member, deps);
      const promises = count > 0 && ' What is still promised to us is with them now, too.';
      return replyWithUndo(
        rich`Noted: ${bold(to.name)} comes after ${bold(departed.name)}.${promises}`,
        receipt,
      );
    }
    const id = idFromReference(args.which);
    const promise = id ? await deps.store.of(followups).get(id) : undefined;
    const viewer = viewerOf(member, deps.directory);
    if (promise?.state !== 'open' || isFollowupHiddenFrom(viewer, promise))
      throw new StateError('That promise is no longer open. Nothing has changed.');
    await givePromise(promise, to, deps);
    return replyWithUndo(
      rich`Noted: ${bold(to.name)} is the one to ask for ${bold(promise.title)} now.`,
      receipt,
    );
  },
});

/** Puts somebody in the place of a person who has left, also for what that person promised. @returns how many promises */
export async function replacePerson(
  departed: Person,
  to: PersonRef,
  member: Member,
  deps: Deps,
): Promise<number> {
  const { store, directory } = deps;
  await updateWithRetry(store.of(people), departed.id, (row) => ({ ...row, successor: to.id }));
  const places = departed.positions.map(({ partner }) => directory.partner(partner)?.id ?? partner);
  let count = 0;
  for (const partner of new Set(places)) {
    const promises = await promisesOf(departed, partner, viewerOf(member, directory), deps);
    for (const promise of promises) await givePromise(promise, to, deps);
    count += promises.length;
  }
  return count;
}

import { undoButton } from '../../cards/changed-reply.ts';
import { changesOne, which, who } from '../../cards/followup-args.ts';
import {
  notifyAsker,
  notifyCoordinators,
  notifyDeclined,
  requestFollowup,
} from '../../cards/followup-requests.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { ownership, refuseLeft } from '../../domain/followups/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, member as mention, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { pickFollowup } from '../../parsing/resolve-followup.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { changeOpen } from './change.ts';

/** The follow-up a request is about; where it is gone, the request was taken back with it. */
function pickRequest(
  which: string,
  command: string,
  call: Pick<Call, 'member' | 'raw'>,
  deps: Deps,
) {
  const gone = 'That request was taken back. Nothing has changed.';
  return pickFollowup(which, command, call, deps, gone);
}

/** Asks somebody else to take it; a coordinator may hand it on at once. */
export const askSomeoneElse = defineCommand({
  name: 'followup ask',
  summary: 'Ask someone else to take a follow-up',
  examples: ['followup ask garden plan who:@Tom'],
  ...changesOne,
  args: {
    which: { kind: 'text', needed: true, summary: which.summary },
    who: { ...who, needed: true, ask: 'Who could do it?' },
  },
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup ask', { member, raw }, deps);
    if (args.who.id === row.who)
      throw new UserError(rich`It is with ${args.who.name} already.`, 'who');
    refuseLeft(args.who, deps.directory);
    const asking = ownership(member, args.who);
    const changed = await changeOpen(row.id, member, deps, (open) => {
      if (asking.asked && open.asked === asking.asked) {
        const sentence = rich`${args.who.name} has been asked already, and has not answered yet. Give it a little time, or ask somebody else.`;
        throw new UserError(sentence, 'who');
      }
      // Until the other says yes it stays with whom it was.
      const owner = asking.asked ? { who: open.who } : { who: asking.who, raiseOn: null };
      return { ...open, ...asking, ...owner };
    });
    await requestFollowup(changed, member, deps);
    const before = row.asked ? deps.directory.member(row.asked) : undefined;
    const sentence = changed.asked
      ? rich`I'm asking ${bold(args.who.name)}${before && rich` instead of ${before.name}`}: ${bold(row.title)}. It stays where it is unless they say yes.`
      : rich`${bold(row.title)} is now with ${bold(args.who.name)}.`;
    return { text: sentence, card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }] };
  },
});

/** What is pressed in answer to a request. */
const answering = {
  examples: [],
  args: { which: { kind: 'text', needed: true, summary: 'The request, as its button names it' } },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
} as const;

/** Yes to a request. */
export const accept = defineCommand({
  name: 'followup accept',
  summary: 'Say yes to taking a follow-up',
  ...answering,
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await pickRequest(args.which, 'followup accept', { member, raw }, deps);
    const taken = await answer(row, member.id, deps, (open) => ({
      ...open,
      who: member.id,
      // The new owner is told first, should it come to that.
      raiseOn: null,
    }));
    const told = rich`${mention(member)} will do it: ${bold(taken.title)}. Thank you for asking.`;
    await notifyAsker(taken, row.askedBy, told, deps);
    return {
      text: rich`Thank you. ${bold(taken.title)} is yours now; I'll remind you.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** No to a request: it stays where it was. */
export const decline = defineCommand({
  name: 'followup decline',
  summary: "Say that you can't take a follow-up",
  ...answering,
  async run({ args, member, raw }, deps): Promise<Reply> {
    const row = await pickRequest(args.which, 'followup decline', { member, raw }, deps);
    const kept = await answer(row, member.id, deps, (open) => open);
    // What the asker is told names them still: the answered row does not.
    if (await notifyDeclined({ ...kept, askedBy: row.askedBy }, member, deps)) {
      return { text: rich`No trouble at all. I've let them know.` };
    }
    // Whoever asked has left: it must not be lost with them.
    const cannot = rich`${mention(member)} can't take ${bold(kept.title)} this time.`;
    const owner = deps.directory.member(kept.who ?? '');
    const left = owner && !owner.active && rich` It was ${owner.name}'s, who has left.`;
    await notifyCoordinators(kept, rich`${cannot}${left} Could somebody else?`, deps);
    return {
      text: rich`No trouble at all. Whoever asked you has left, so I've let the coordinators know.`,
    };
  },
});

/** Answers a request that is still standing, and clears it. */
async function answer(
  row: Followup,
  asked: string,
  deps: Deps,
  decide: (open: Followup) => Followup,
): Promise<Followup> {
  const answered = await updateWithRetry(deps.store.of(followups), row.id, (open) => {
    if (open.state !== 'open') {
      const how = open.state === 'done' ? 'has been done' : 'was taken off the list';
      throw new UserError(rich`${bold(open.title)} ${how} meanwhile. Thank you all the same.`);
    }
    if (open.asked !== asked) {
      const sentence =
        open.who === asked
          ? rich`${bold(open.title)} is yours already.`
          : rich`That request no longer stands: it was changed, or taken back. Nothing has changed.`;
      throw new UserError(sentence);
    }
    if (open.sending)
      throw new UserError('The reminder for it is just going out. Try again in a few seconds.');
    return { ...decide(open), asked: null, askedBy: null };
  });
  if (!answered) throw new UserError('That follow-up is gone. Nothing has changed.');
  return answered;
}

import { defineCommand } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Reply } from '../../reply.ts';
import { bold, member as mention, rich } from '../../rich-text.ts';
import { revise } from '../../store.ts';
import { undoButton } from '../interactions/cards.ts';
import { askOther, tellAsker, tellDeclined } from './ask.ts';
import { changeOpen } from './change.ts';
import { pickFollowup } from './pick.ts';
import { ownership } from './rules.ts';
import { which, who } from './shared-args.ts';
import { type Followup, followups } from './store.ts';

/** Asks somebody else to take it; a coordinator may hand it on at once. */
export const askSomeoneElse = defineCommand({
  name: 'followup ask',
  summary: 'Ask someone else to take a follow-up',
  examples: ['followup ask garden plan who:@Tom'],
  args: {
    which: { kind: 'text', needed: true, summary: which.summary },
    who: { ...who, needed: true, ask: 'Who could do it?' },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup ask', { member, raw }, deps);
    if (args.who.id === row.who)
      throw new UserError(rich`It is with ${args.who.name} already.`, 'who');
    const asking = ownership(member, args.who);
    const changed = await changeOpen(row.id, member, deps, (open) => ({
      ...open,
      ...asking,
      // Until the other says yes it stays with whom it was.
      ...(asking.asked ? { who: open.who } : { who: asking.who, raiseOn: null }),
    }));
    await askOther(changed, member, deps);
    const sentence = changed.asked
      ? rich`I'm asking ${bold(args.who.name)}: ${bold(row.title)}. It stays where it is unless they say yes.`
      : rich`${bold(row.title)} is now with ${bold(args.who.name)}.`;
    return { text: sentence, card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }] };
  },
});

/** Yes to a request. */
export const accept = defineCommand({
  name: 'followup accept',
  summary: 'Say yes to taking a follow-up',
  examples: [],
  args: { which: { kind: 'text', needed: true, summary: 'The request, as its button names it' } },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup accept', { member, raw }, deps);
    const asker = row.askedBy;
    const taken = await answer(row, member.id, deps, (open) => ({
      ...open,
      who: member.id,
      // The new owner is told first, should it come to that.
      raiseOn: null,
    }));
    if (asker)
      await tellAsker(
        taken,
        asker,
        rich`${mention(member)} will do it: ${bold(taken.title)}. Thank you for asking.`,
        deps,
      );
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
  examples: [],
  args: { which: { kind: 'text', needed: true, summary: 'The request, as its button names it' } },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup decline', { member, raw }, deps);
    const asker = row.askedBy;
    const kept = await answer(row, member.id, deps, (open) => open);
    if (asker) await tellDeclined(kept, member, asker, deps);
    return { text: rich`No trouble at all. I've let them know.` };
  },
});

/** Answers a request that is still standing, and clears it. */
async function answer(
  row: Followup,
  asked: string,
  deps: Parameters<typeof askOther>[2],
  decide: (open: Followup) => Followup,
): Promise<Followup> {
  const answered = await revise(deps.store.of(followups), row.id, (open) => {
    if (open.state !== 'open')
      throw new UserError(rich`${bold(open.title)} has been settled meanwhile. Nothing to do.`);
    if (open.asked !== asked) {
      const sentence =
        open.who === asked
          ? rich`${bold(open.title)} is yours already.`
          : rich`That request no longer stands. Nothing has changed.`;
      throw new UserError(sentence);
    }
    if (open.sending)
      throw new UserError('The reminder for it is just going out. Try again in a few seconds.');
    return { ...decide(open), asked: null, askedBy: null };
  });
  if (!answered) throw new UserError('That follow-up is gone. Nothing has changed.');
  return answered;
}

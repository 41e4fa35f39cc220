import { idFromReference } from '../../base/id.ts';
import { quoteShort } from '../../base/text.ts';
import { assignFollowup } from '../../cards/assign.ts';
import { changesOneFollowup, which, who } from '../../cards/followup-args.ts';
import { notifyAsker, notifyCoordinators, notifyDeclined } from '../../cards/followup-requests.ts';
import { interestSentence } from '../../cards/interest-text.ts';
import { mentionAnswer } from '../../cards/promise-text.ts';
import { replyWithUndo, undoButton } from '../../cards/undo-button.ts';
import type { MemberRef } from '../../command/args.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { dueText, ownersFor, refuseWhoCannotRead, takenBy } from '../../domain/followups/rules.ts';
import { withReminderAfterEdit } from '../../domain/followups/series.ts';
import { spokenFor } from '../../domain/members/by-hand.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, member as mention, rich } from '../../message/rich-text.ts';
import { questionWith, StateError, UserError } from '../../message/user-error.ts';
import {
  findOpenFollowups,
  followupOfForm,
  refuseSending,
  resolveFollowup,
} from '../../parsing/resolve-followup.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { changeOpenFollowup } from './change-followup.ts';

/** The follow-up of a request. If it is gone, the request was taken back with it. */
function pickRequest(
  which: string,
  command: string,
  call: Pick<Call, 'member' | 'raw'>,
  deps: Deps,
) {
  const gone = rich`That request was taken back. Nothing has changed.`;
  return resolveFollowup(which, command, call, deps, gone);
}

/** Asks somebody else to take on a follow-up. A coordinator can give it to them straight away. */
export const askSomeoneElse = defineCommand({
  name: 'followup ask',
  title: 'Ask someone else',
  submit: 'Ask',
  summary: 'Ask someone else to take a follow-up',
  examples: ['followup ask garden plan who:@Tom', 'followup ask tom ring the hall'],
  ...changesOneFollowup,
  words: ['who', 'which'],
  args: {
    which,
    who: {
      ...who,
      needed: true,
      summary: 'Who could do it',
      ask: 'Who could do it?',
      hint: '',
    },
  },
  async prefill(raw, deps) {
    await followupOfForm(raw, deps);
    return {};
  },
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await findOrOffer(
      args.which.replace(/^to\s+(?=\S)/i, ''),
      args.who,
      { member, raw },
      deps,
    );
    if (args.who.id === row.who) throw new UserError(rich`${args.who.name} has it already.`, 'who');
    refuseWhoCannotRead(args.who, row, deps.directory);
    const asking = ownersFor(member, args.who, deps.directory);
    const changed = await changeOpenFollowup(row.id, member, deps, (open) => {
      if (asking.asked && open.asked === asking.asked) {
        const sentence = rich`${args.who.name} has been asked already, and has not answered yet. Give it a little time, or ask somebody else.`;
        throw new UserError(sentence, 'who');
      }
      // The owner stays the same until the other member says yes.
      const owner = asking.asked ? { who: open.who } : { who: asking.who, escalateOn: null };
      return { ...open, ...asking, ...owner };
    });
    const assigned = await assignFollowup(changed, member, deps);
    const declared = await interestSentence(args.who, row.partner, deps);
    const before = row.asked ? deps.directory.member(row.asked) : undefined;
    const sentence = changed.asked
      ? rich`I'm asking ${bold(args.who.name)}${before && rich` instead of ${before.name}`}: ${bold(row.title)}. Nothing changes unless they say yes.`
      : rich`${bold(args.who.name)} has ${bold(row.title)} now.`;
    const buttons = [...assigned.buttons, undoButton(receipt)];
    return {
      text: rich`${sentence}${assigned.text}${declared}`,
      card: [{ kind: 'buttons', buttons }],
    };
  },
});

/** The follow-up to ask for. @throws Question with a button to add it, if it is not on the list. */
async function findOrOffer(
  title: string,
  person: MemberRef,
  call: Pick<Call, 'member' | 'raw'>,
  deps: Deps,
): Promise<Followup> {
  const isTyped = idFromReference(title) === '' && !deps.resolvedIds.has(title);
  if (isTyped && (await findOpenFollowups(title, call.member, deps)).length === 0) {
    const args = { next: title, who: `#${person.id}` };
    throw questionWith(
      rich`"${quoteShort(title)}" isn't on the list. Shall I add it, and ask ${bold(person.name)}?`,
      [{ label: `Ask ${person.name}`, command: 'followup add', args }],
    );
  }
  return resolveFollowup(title, 'followup ask', call, deps);
}

/** What both answers to a request share. */
const answersRequest = {
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'The request. Its button fills this in',
      fromButton: true,
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
} as const;

/** Yes to a request. */
export const accept = defineCommand({
  name: 'followup accept',
  summary: 'Say yes to taking a follow-up',
  ...answersRequest,
  async run({ args, member, raw, receipt, today }, deps): Promise<Reply> {
    const row = await pickRequest(args.which, 'followup accept', { member, raw }, deps);
    const asked = askedOf(row, member, deps);
    const taken = await answerRequest(row, asked.id, deps, (open) => ({
      ...open,
      ...takenBy(asked.id, today),
    }));
    const news = rich`${mention(asked)} will do it: ${bold(taken.title)}. Thank you for asking.`;
    await notifyAsker(taken, row.askedBy, news, deps);
    const next = await mentionAnswer(taken, deps);
    const due = taken.dueDay && rich`, by ${dueText({ day: taken.dueDay, at: taken.at })}`;
    if (asked.id !== member.id)
      return replyWithUndo(
        rich`Thank you. ${bold(asked.name)} has ${bold(taken.title)} now.`,
        receipt,
      );
    return {
      text: rich`Thank you. ${bold(taken.title)} is yours now${due}. ${next.text}`,
      card: [{ kind: 'buttons', buttons: [...next.buttons, undoButton(receipt)] }],
    };
  },
});

/** No to a request. The owner stays the same. */
export const decline = defineCommand({
  name: 'followup decline',
  summary: "Say that you can't take a follow-up",
  ...answersRequest,
  async run({ args, member, raw }, deps): Promise<Reply> {
    const row = await pickRequest(args.which, 'followup decline', { member, raw }, deps);
    const asked = askedOf(row, member, deps);
    const kept = await answerRequest(row, asked.id, deps, (open) => open);
    // The answered row no longer says who asked.
    if (await notifyDeclined({ ...kept, askedBy: row.askedBy }, asked, deps)) {
      return { text: rich`No trouble at all. I've let them know.` };
    }
    // The asker has left. The coordinators hear of it, so that it is not lost.
    const cannot = rich`${mention(asked)} can't take ${bold(kept.title)} this time.`;
    const owner = deps.directory.member(kept.who ?? '');
    const left =
      owner && !owner.active && rich` It was ${owner.name}'s, and ${owner.name} has left.`;
    await notifyCoordinators(kept, rich`${cannot}${left} Could somebody else?`, deps);
    return {
      text: rich`No trouble at all. The person who asked you has left, so I've let the coordinators know.`,
    };
  },
});

/** Whose answer a press is: somebody answers for the member without Slack or Discord with whom they keep in touch. */
const askedOf = ({ asked }: Followup, member: Member, { directory }: Deps): Member =>
  spokenFor(member, directory.member(asked ?? ''));

/** Answers an open request and closes it. */
async function answerRequest(
  row: Followup,
  asked: string,
  deps: Deps,
  decide: (open: Followup) => Followup,
): Promise<Followup> {
  const answered = await updateWithRetry(deps.store.of(followups), row.id, (open) => {
    if (open.state !== 'open') {
      const how = open.state === 'done' ? 'has been done' : 'was taken off the list';
      throw new StateError(rich`${bold(open.title)} ${how} in the meantime. Thank you anyway.`);
    }
    if (open.asked !== asked) {
      const sentence =
        open.who === asked
          ? rich`${bold(open.title)} is yours already.`
          : rich`That request is no longer open: it was changed or taken back. Nothing has changed.`;
      throw new StateError(sentence);
    }
    refuseSending(open);
    const given = { ...decide(open), asked: null, askedBy: null };
    return withReminderAfterEdit(open, given, deps);
  });
  if (!answered) throw new StateError('I no longer have that follow-up. Nothing has changed.');
  return answered;
}

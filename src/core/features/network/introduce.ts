import { assignFollowup } from '../../cards/assign.ts';
import { followupButtons } from '../../cards/followup-row.ts';
import * as shared from '../../cards/partner-args.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { readKnowers } from '../../domain/acquaintances/knowers.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { defaultBy, dueText, newFollowup, ownersFor } from '../../domain/followups/rules.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, member as mention, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce } from '../../ports/store.ts';

/** Asks the member who knows a partner to introduce another one: a task for both, with a sentence to send. */
export const introduce = defineCommand({
  name: 'introduce',
  title: 'Introduce somebody',
  summary: 'Ask the member who knows a partner to introduce another one',
  examples: ['introduce @Maya to:"oakfield school"'],
  args: {
    who: {
      kind: 'member',
      needed: true,
      summary: 'The member who is to meet them',
      ask: 'Who should meet them?',
      hint: 'They get a task each: the one who knows the partner, and the one you choose',
    },
    with: { ...shared.partner, aliases: ['to'] },
  },
  words: ['who', 'with'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  submit: 'Introduce',
  async run({ args, member, today, receipt, now }, deps): Promise<Reply> {
    const { directory, partnership, store } = deps;
    const { with: partner } = args;
    const newcomer = directory.member(args.who.id);
    if (isTiedTo(viewerOf(member, directory), partner.id))
      throw new UserError(
        rich`You're part of ${bold(partner.name)}, so another coordinator has to do that.`,
      );
    if (!newcomer || isTiedTo(viewerOf(newcomer, directory), partner.id))
      throw new UserError(
        rich`${args.who.name} is part of ${bold(partner.name)}. Please choose somebody else.`,
        'who',
      );
    const { known } = await readKnowers(partner.id, today, { store, directory });
    if (known.some((one) => one.hasSpoken && isSameMember(newcomer, one.member.id)))
      throw new UserError(rich`${newcomer.name} knows ${bold(partner.name)} already.`, 'who');
    const knower = known.find((one) => one.hasSpoken && one.member !== newcomer)?.member;
    if (!knower)
      throw new UserError(
        rich`Nobody here has been in touch with ${bold(partner.name)} in the last year, so nobody can introduce ${newcomer.name} yet.`,
      );
    const due = defaultBy(today, partnership);
    const add = (label: string, title: string, who: Member) => {
      const facts = {
        id: deps.id(label),
        title,
        partner: partner.id,
        contact: null,
        ours: true,
        createdBy: member.id,
        createdAt: now,
        ...ownersFor(member, who, deps.directory),
      };
      return insertOnce(store.of(followups), newFollowup(facts, due));
    };
    const task = await add('introduce', `Introduce ${newcomer.name} to ${partner.name}`, knower);
    const meeting = await add('meet', `Meet ${partner.name} with ${knower.name}`, newcomer);
    const sentence = `Hello, I'd like you to meet ${newcomer.name}, who works on this with me. When could the three of us talk for a few minutes?`;
    if (knower.id !== member.id) await tellKnower(task, { newcomer, sentence, member }, deps);
    const later = await assignFollowup(meeting, member, deps);
    const tasks = [knower, newcomer].map(({ id, name }) => (id === member.id ? 'you' : name));
    return {
      text: rich`${tasks[0] === 'you' ? 'You' : tasks[0]} and ${tasks[1]} have a task each, by ${dueText(due)}.${later.text} A sentence to send to ${bold(partner.name)}: "${sentence}"`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** The message has the sentence, so it is not one of those that list what somebody was given. */
async function tellKnower(
  task: Followup,
  { newcomer, sentence, member }: { newcomer: Member; sentence: string; member: Member },
  deps: Deps,
): Promise<void> {
  const partner = deps.directory.partner(task.partner ?? '')?.name ?? 'a partner';
  const due = task.dueDay && rich` by ${dueText({ day: task.dueDay })}`;
  const reply: Reply = {
    text: rich`${mention(member)} asks you to introduce ${newcomer.name} to ${bold(partner)}${due}, so that more of us know them. A sentence you could send: "${sentence}"`,
    card: [{ kind: 'buttons', buttons: followupButtons({ ...task, partner: null }) }],
  };
  const recipient = task.who ?? '';
  const occurrence = deps.id('introduce notice');
  await enqueueNotice({ subject: task.id, occurrence, recipient, reply, at: deps.now }, deps);
}

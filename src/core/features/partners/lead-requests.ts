import { idFromReference } from '../../base/id.ts';
import { notifyLeadAsker, notifyLeadDeclined } from '../../cards/lead-requests.ts';
import { storyButton } from '../../cards/partner-buttons.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { maySpeakFor } from '../../domain/members/by-hand.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { withLeadTaken } from '../../domain/partners/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, member as mention, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** Says that somebody was asked to lead a partner; empty if nobody was. It begins with a space. */
export function leadRequestText(
  { leadAsked }: Pick<Partner, 'leadAsked'>,
  directory: Directory,
): RichText {
  const asked = directory.member(leadAsked ?? '');
  return asked
    ? rich` I'm asking ${mention(asked)} to lead it; nothing changes unless they say yes.`
    : [];
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
  guard: 'keep partners',
  writes: true,
} as const;

/** Yes to a request to lead a partner. */
export const acceptLead = defineCommand({
  name: 'lead accept',
  summary: 'Say yes to leading a partner',
  ...answersRequest,
  async run({ args, member, receipt, today }, deps): Promise<Reply> {
    const { partner, askedBy, asked } = await answerRequest(
      args.which,
      member,
      deps,
      (row, taker) => withLeadTaken(row, taker.id, today),
    );
    const news = rich`${mention(asked)} leads ${bold(partner.name)} now. Thank you for asking.`;
    await notifyLeadAsker(partner, askedBy, { text: news }, deps);
    return {
      text: rich`Thank you. ${asked.id === member.id ? 'You lead' : rich`${bold(asked.name)} leads`} ${bold(partner.name)} now.`,
      card: [{ kind: 'buttons', buttons: [storyButton(partner), undoButton(receipt)] }],
    };
  },
});

/** No to a request to lead a partner. Its lead stays the same. */
export const declineLead = defineCommand({
  name: 'lead decline',
  summary: "Say that you can't lead a partner",
  ...answersRequest,
  async run({ args, member }, deps): Promise<Reply> {
    const { partner, askedBy, asked } = await answerRequest(args.which, member, deps, (row) => row);
    await notifyLeadDeclined({ ...partner, leadAskedBy: askedBy }, asked, deps);
    return { text: rich`No trouble at all. I've let them know.` };
  },
});

/** Answers an open request and closes it. @throws UserError if there is none any more. */
async function answerRequest(
  reference: string,
  member: Member,
  deps: Deps,
  decide: (open: Partner, asked: Member) => Partner,
): Promise<{ partner: Partner; askedBy: string | null; asked: Member }> {
  const named = idFromReference(reference);
  const id = named && (deps.directory.partner(named)?.id ?? named);
  let askedBy: string | null = null;
  let asked = member;
  const partner =
    id &&
    (await updateWithRetry(deps.store.of(partners), id, (row) => {
      const other = deps.directory.member(row.leadAsked ?? '');
      const isAsked = isSameMember(member, row.leadAsked ?? null) || maySpeakFor(member, other);
      if (!isAsked) throw notOpen(row, member);
      asked = other ?? member;
      if (row.archived)
        throw new UserError(
          rich`${bold(row.name)} is in the archive by now, so nobody needs to lead it. Thank you anyway.`,
        );
      askedBy = row.leadAskedBy;
      return { ...decide(row, asked), leadAsked: null, leadAskedBy: null };
    }));
  if (!partner) throw new UserError('I no longer have that partner. Nothing has changed.');
  return { partner, askedBy, asked };
}

const notOpen = ({ name, lead }: Partner, member: Member): UserError =>
  new UserError(
    isSameMember(member, lead)
      ? rich`You lead ${bold(name)} already.`
      : rich`That request is no longer open: it was changed or taken back. Nothing has changed.`,
  );

import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { mayIdentify } from '../../domain/joining/ask-who-it-is.ts';
import {
  linkedWorkspacesOf,
  linkedWorkspacesText,
} from '../../domain/joining/linked-workspaces.ts';
import { isByHand } from '../../domain/members/by-hand.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import { identityToWriteTo, type Member, members } from '../../domain/members/member.ts';
import { type Reply, say } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { linkedNotice } from './cards.ts';
import { markMerged, moveMemberData } from './merge-members.ts';

const who = {
  kind: 'member',
  needed: true,
  summary: 'The new member',
  ask: 'Which new member?',
  hint: '',
} as const;

/** Says that a new member is nobody whom the partnership knows already. Then they see what everybody sees. */
export const memberNew = defineCommand({
  name: 'member new',
  title: 'Somebody new',
  summary: 'Say that a new member is nobody I know already',
  examples: ['member new @Tom'],
  args: { who },
  words: ['who'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const row = await memberToIdentify(args.who.id, member, deps);
    if (!row.unidentifiedSince) return knownReply(row, deps);
    const known = await changeMember(row.id, deps, (now) => ({ ...now, unidentifiedSince: null }));
    const ties = known.tiedTo.map((id) => deps.directory.partner(id)?.name ?? 'a partner');
    const tied = ties.length > 0 && rich`, but for ${ties.join(', ')}, to which they belong`;
    return replyWithUndo(
      rich`Thanks. ${bold(known.name)} sees what every member sees now${tied}.`,
      receipt,
    );
  },
});

/**
 * Says that a new member is the second account of somebody. The two become one, with the ties of both. There is no
 * receipt, since it cannot be undone: `unlink` removes the account again. Each step can be repeated.
 */
export const memberSame = defineCommand({
  name: 'member same',
  title: 'Somebody I know already',
  summary: 'Say that a new member is somebody I know already',
  examples: ['member same @Tom as:@Maya'],
  args: {
    who,
    as: {
      kind: 'member',
      past: true,
      needed: true,
      summary: 'Who it is',
      ask: 'Who is it?',
      hint: '',
    },
  },
  words: ['who', 'as'],
  audience: 'actor',
  guard: 'coordinate',
  writesWithoutReceipt: true,
  async run({ args, member }, deps): Promise<Reply> {
    const row = await memberToIdentify(args.who.id, member, deps);
    const isByHandPair = [row, deps.directory.member(args.as.id)].some(
      (one) => one && isByHand(one),
    );
    if (!row.unidentifiedSince && !isByHandPair) return knownReply(row, deps);
    const to = await deps.store.of(members).get(args.as.id);
    if (!to || to.id === row.id)
      throw new UserError('Those two are the same already. Who else could it be?', 'as');
    await moveMemberData(await markMerged(row, to, deps), deps);
    const [place] = await linkedWorkspacesOf(row, deps.stores);
    const identity = identityToWriteTo(to);
    if (place && identity && to.active) {
      const notice = { subject: row.id, occurrence: 'linked', recipient: to.id, at: deps.now };
      const reply = linkedNotice(place, row.name);
      await enqueueNotice({ ...notice, reply, address: { to: 'user', identity } }, deps);
    }
    deps.wake();
    const now = (await deps.store.of(members).get(to.id)) ?? to;
    const places = linkedWorkspacesText(await linkedWorkspacesOf(now, deps.stores));
    const left =
      !now.active &&
      rich` They have left, so they are out until you let them in again with ${commandText('member add')}.`;
    return say(rich`Thanks. I know ${bold(now.name)} as one person now, ${places}.${left}`);
  },
});

/**
 * The row of the new member whom a coordinator identifies.
 * @throws UserError if the coordinator may not: they would decide about a tie that may be their own.
 */
async function memberToIdentify(id: string, by: Member, deps: Deps): Promise<Member> {
  if (!mayIdentify(by))
    throw new UserError(
      'You belong to a partner yourself, or nobody has said yet who you are, so another coordinator has to say who this is. Nothing has changed.',
    );
  const row = await deps.store.of(members).get(id);
  if (row) return row;
  throw new UserError(
    rich`I no longer have that member. See who is here with ${commandText('members')}.`,
  );
}

function knownReply({ id, name }: Member, { directory }: Deps): Reply {
  const now = directory.member(id)?.name ?? name;
  return say(rich`Somebody has said already who ${bold(now)} is. Nothing has changed.`);
}

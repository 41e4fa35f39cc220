import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { enqueueCoordinatorNotices } from '../../domain/deliveries/enqueue-notice.ts';
import { followups } from '../../domain/followups/followup.ts';
import { isSameMember, otherCoordinators } from '../../domain/members/member.ts';
import {
  askedDeletion,
  deletionId,
  type PartnershipDeletion,
  partnershipDeletions,
  plannedDeletion,
} from '../../domain/partnership-deletion/partnership-deletion.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import {
  askedNotice,
  askedReply,
  type DeletionCounts,
  keptNotice,
  plannedReply,
  previewReply,
} from './cards.ts';

/** Deletes everything of the partnership, a week later. */
const deleteAll = defineCommand({
  name: 'partnership delete',
  summary: 'Delete everything that is held here: asks first, and waits a week',
  examples: ['partnership delete'],
  args: {
    sure: {
      kind: 'flag',
      summary: 'You have seen what goes. The button fills this in',
      fromButton: true,
    },
  },
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, member, now }, deps): Promise<Reply> {
    const { untracked, partnership, directory, wake } = deps;
    const planned = await plannedDeletion(untracked);
    if (planned) {
      const asker = directory.member(planned.askedBy ?? '');
      const isAsker = isSameMember(member, planned.askedBy);
      return plannedReply(planned, isAsker ? undefined : rich`${bold(asker?.name ?? 'Somebody')}`);
    }
    const counts = await countAll(deps);
    if (!args.sure) return previewReply(partnership.name, counts);
    const row = await untracked
      .of(partnershipDeletions)
      .insert(askedDeletion(partnership.id, member.id, now));
    const notice = askedNotice(member, partnership.name, counts, row);
    await notifyOthers(notice, `asked:${now.toISOString()}`, { member, now }, deps);
    wake();
    return { ...askedReply(row), replaces: true };
  },
});

async function countAll({
  store,
  directory,
}: Pick<Deps, 'store' | 'directory'>): Promise<DeletionCounts> {
  const [notes, promises] = await Promise.all([
    store.of(contacts).count({ index: 'byId' }),
    store.of(followups).count({ index: 'byId' }),
  ]);
  return {
    members: directory.members.length,
    partners: directory.partners.length,
    contacts: notes,
    followups: promises,
  };
}

async function notifyOthers(
  reply: Reply,
  occurrence: string,
  { member, now }: Pick<Call, 'member' | 'now'>,
  { untracked: store, partnership, directory, wake }: Deps,
): Promise<void> {
  const notice = {
    subject: deletionId(partnership.id),
    occurrence,
    reply,
    at: now,
  };
  const others = otherCoordinators(directory.members, member.id);
  await enqueueCoordinatorNotices(others, { ...notice, urgent: true }, { store, wake });
}

/** The yes of a second coordinator. */
const agree = defineCommand({
  name: 'partnership agree',
  summary: 'Agree that everything is deleted now',
  examples: [],
  args: {},
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ member, now }, { untracked, partnership, wake }): Promise<Reply> {
    const row = await updateWithRetry(
      untracked.of(partnershipDeletions),
      deletionId(partnership.id),
      (planned): PartnershipDeletion => {
        if (isSameMember(member, planned.askedBy))
          throw new UserError('You have asked for it yourself, so somebody else has to agree.');
        return { ...planned, agreedBy: member.id, deleteAt: now, nextRunAt: now, claim: null };
      },
    );
    if (!row) throw new UserError(nothingPlanned);
    wake();
    return {
      text: rich`Thank you both. I'm deleting everything now. You won't hear from me about it any more.`,
      replaces: true,
    };
  },
});

/** Keeps everything after all. */
const keep = defineCommand({
  name: 'partnership keep',
  summary: 'Keep everything that was to be deleted',
  examples: ['partnership keep'],
  args: {},
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ member, now }, deps): Promise<Reply> {
    const { untracked, partnership } = deps;
    const planned = await plannedDeletion(untracked);
    if (!planned) throw new UserError(nothingPlanned);
    if (planned.deleteAt <= now)
      throw new UserError('It is too late: everything is being deleted right now.');
    await untracked.of(partnershipDeletions).remove(deletionId(partnership.id));
    await notifyOthers(keptNotice(member), `kept:${now.toISOString()}`, { member, now }, deps);
    return {
      text: rich`Everything stays. I've told the others who coordinate.`,
      replaces: true,
    };
  },
});

const nothingPlanned = rich`Nothing is to be deleted. To delete everything, type ${commandText('partnership delete')}.`;

export const partnershipDeletionCommands = [deleteAll, agree, keep];

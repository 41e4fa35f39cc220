import { counted } from '../../base/text.ts';
import type { Member } from '../../domain/members/member.ts';
import type { PartnershipDeletion } from '../../domain/partnership-deletion/partnership-deletion.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, moment, type RichText, rich } from '../../message/rich-text.ts';

const buttons = (...all: Button[]): Block => ({ kind: 'buttons', buttons: all });

const keepButton: Button = { label: 'Keep it', command: 'partnership keep', args: {} };
const agreeButton: Button = {
  label: 'Yes, delete it now',
  command: 'partnership agree',
  args: {},
  style: 'danger',
};

/** How much there is to delete. */
export interface DeletionCounts {
  members: number;
  partners: number;
  contacts: number;
  followups: number;
}

function countsText({ members, partners, contacts, followups }: DeletionCounts): string {
  return [
    counted(partners, 'partner', 'partners'),
    counted(contacts, 'conversation', 'conversations'),
    counted(followups, 'promise', 'promises'),
    `${counted(members, 'person', 'people')} of ours`,
  ].join(', ');
}

/** Asks whether everything is to be deleted. */
export function previewReply(name: string, counts: DeletionCounts): Reply {
  return {
    text: rich`This deletes everything I hold for ${bold(name)}: ${countsText(counts)}, all settings and all history.`,
    card: [
      {
        kind: 'text',
        text: rich`It happens in a week, so that there is time to change your mind, or at once if a second coordinator agrees. After that nobody can bring it back. I'll tell everybody who coordinates.`,
      },
      {
        kind: 'note',
        text: rich`My messages in this chat stay until somebody deletes them. Backups go within 30 days.`,
      },
      buttons({
        label: 'Delete everything',
        command: 'partnership delete',
        args: { sure: 'yes' },
        style: 'danger',
      }),
    ],
  };
}

/** What the coordinator who asked hears. */
export const askedReply = ({ deleteAt }: Pick<PartnershipDeletion, 'deleteAt'>): Reply => ({
  text: rich`I'll delete everything on ${moment(deleteAt)}, or as soon as a second coordinator agrees. I've told everybody who coordinates. Until then, any of you can keep it.`,
  card: [buttons(keepButton)],
});

/** Tells the other coordinators that everything is to be deleted. */
export function askedNotice(
  { name: asker }: Pick<Member, 'name'>,
  name: string,
  counts: DeletionCounts,
  { deleteAt }: Pick<PartnershipDeletion, 'deleteAt'>,
): Reply {
  return {
    text: rich`${bold(asker)} wants to delete everything I hold for ${bold(name)}: ${countsText(counts)}. I'll do it on ${moment(deleteAt)}, or as soon as one of you agrees.`,
    card: [buttons(keepButton, agreeButton)],
  };
}

/** What anybody hears who asks while it is planned already. @param asker undefined: they asked themselves */
export function plannedReply(
  { deleteAt, reason }: Pick<PartnershipDeletion, 'deleteAt' | 'reason'>,
  asker: RichText | undefined,
): Reply {
  if (reason === 'uninstalled')
    return {
      text: rich`I was removed everywhere, so I'll delete everything on ${moment(deleteAt)}.`,
      card: [buttons(keepButton)],
    };
  const who = asker ? rich`${asker} has asked for that` : rich`You have asked for that`;
  return {
    text: rich`${who}. I'll delete everything on ${moment(deleteAt)}.`,
    card: [asker ? buttons(keepButton, agreeButton) : buttons(keepButton)],
  };
}

/** Tells the others that everything stays. */
export const keptNotice = ({ name }: Pick<Member, 'name'>): Reply => ({
  text: rich`${bold(name)} has decided to keep everything. Nothing is deleted.`,
});

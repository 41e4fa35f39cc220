import type { Deps } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { isPersonHiddenFrom } from '../../domain/directory/people-seen.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Meeting, meetings } from '../../domain/meetings/meeting.ts';
import { isMeetingHiddenFrom } from '../../domain/meetings/read-meetings.ts';
import { rightsToChange } from '../../domain/members/change-rights.ts';
import { isSameMember, type Member, members } from '../../domain/members/member.ts';
import { may, type Right, roles } from '../../domain/members/rights.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  isTiedTo,
  type Viewer,
  viewerOf,
} from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import { type Person, people } from '../../domain/people/person.ts';
import { type Change, claimFields } from '../../domain/receipts/change.ts';
import type { CommandReceipt } from '../../domain/receipts/receipt.ts';
import { type Reply, say } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';

type UndoDeps = Pick<Deps, 'store' | 'directory' | 'commands'>;

/**
 * Why a member may not undo a command, although it was their own: taking a change back needs the same right as making it,
 * and they have it no more.
 * @returns undefined if they may.
 */
export async function whyNotUndo(
  { command, changes }: CommandReceipt,
  member: Member,
  deps: UndoDeps,
): Promise<Reply | undefined> {
  const guard = deps.commands.get(command)?.guard;
  const rights = new Set<Right>([
    ...(guard ? [guard] : []),
    ...changes.flatMap((change) => [...rightsToChange(change.collection, changedFields(change))]),
  ]);
  const missing = [...rights].find((right) => !may(member.role, right));
  if (missing) return refusal.noRight(missing);
  if (changes.some((change) => raisesOwnRights(change, member)))
    return say(
      rich`That is about your own role or tie, so another coordinator has to do it. Nothing has changed.`,
    );
  for (const change of changes) {
    if (!(await mayChangeRow(change, member, deps)))
      return say(rich`That is no longer yours to change. Nothing has changed.`);
  }
  return undefined;
}

/** The fields that a command changed in a row that was there before and still is. */
function changedFields({ before, after }: Change): string[] {
  const isField = (name: string) =>
    name !== 'id' && name !== 'version' && name !== 'nextRunAt' && !claimFields.includes(name);
  return before && after ? Object.keys(after).filter(isField) : [];
}

/** Whether undoing a change would give a member a wider role than they have, or take away a tie of theirs. */
function raisesOwnRights({ collection, id, before, after }: Change, member: Member): boolean {
  if (collection !== members.name || !isSameMember(member, id) || !before || !after) return false;
  const was = before as Partial<Member>;
  const isWider = was.role !== undefined && roles.indexOf(was.role) > roles.indexOf(member.role);
  return isWider || was.tiedTo !== undefined;
}

/** Fields of a follow-up that a handover changes, also of promises that are hidden from the coordinator who does it. */
const handoverFields: readonly string[] = ['who', 'asked', 'askedBy', 'escalateOn'];

/** Whether a member may still change the row of a contact or a follow-up, as it was and as it is. */
async function mayChangeRow(
  change: Change,
  member: Member,
  { store, directory }: Pick<Deps, 'store' | 'directory'>,
): Promise<boolean> {
  const { collection, id, before } = change;
  const viewer = viewerOf(member, directory);
  if (collection === contacts.name) {
    const row = (await store.of(contacts).get(id)) ?? (before as Contact | null);
    if (!row) return true;
    const mayChange = isSameMember(member, row.by) || member.role !== 'member';
    return mayChange && !isContactHiddenFrom(viewer, row);
  }
  if (collection === partners.name && before && 'partOf' in before) return !isTiedTo(viewer, id);
  if (collection === people.name) {
    const row = (await store.of(people).get(id)) ?? (before as Person | null);
    return !row || !isPersonHiddenFrom(viewer, row, directory);
  }
  if (collection === meetings.name) {
    const row = (await store.of(meetings).get(id)) ?? (before as Meeting | null);
    if (!row) return true;
    const mayChange = isSameMember(member, row.by) || member.role !== 'member';
    return mayChange && !isMeetingHiddenFrom(viewer, row, directory);
  }
  if (collection !== followups.name) return true;
  const row = (await store.of(followups).get(id)) ?? (before as Followup | null);
  return !row || mayChangeFollowup(row, change, member, viewer);
}

function mayChangeFollowup(
  row: Followup,
  { before, after, ...change }: Change,
  member: Member,
  viewer: Viewer,
): boolean {
  const was = (before ?? {}) as Partial<Followup>;
  const isTheirs = (...ids: (string | null | undefined)[]) =>
    ids.some((id) => id !== undefined && isSameMember(member, id));
  const isHidden = isFollowupHiddenFrom(viewer, row);
  const changed = changedFields({ before, after, ...change });
  // Who of theirs is to be asked changes when somebody leaves, which any member can note.
  if (changed.length > 0 && changed.every((field) => field === 'promisedBy')) return !isHidden;
  if (may(member.role, 'coordinate')) {
    const isHandover = before !== null && changed.every((field) => handoverFields.includes(field));
    return !isHidden || (isHandover && !isTheirs(was.who, was.asked));
  }
  // Only a coordinator takes a promise from one member and gives it to another.
  const given = (after ?? {}) as Partial<Followup>;
  const isGiven = before !== null && was.who !== undefined && !isTheirs(was.who, given.who);
  const isOwn = isTheirs(row.who, row.createdBy, row.asked, was.who, was.asked);
  return !isHidden && !isGiven && (isOwn || member.role !== 'member');
}

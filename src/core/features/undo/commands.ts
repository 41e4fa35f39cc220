import { derivedId, idFromReference } from '../../base/id.ts';
import { notifyOfTie } from '../../cards/tie-notice.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { collections } from '../../domain/collections.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { followups } from '../../domain/followups/followup.ts';
import { isSameMember, type Member, members } from '../../domain/members/member.ts';
import { refuseLastCoordinator } from '../../domain/members/rules.ts';
import { isFollowupHiddenFrom, type Viewer, viewerOf } from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import { recomputeLastContact } from '../../domain/partners/recompute-last-contact.ts';
import { partnerships } from '../../domain/partnerships/partnership.ts';
import { isAnswerHiddenFrom } from '../../domain/receipts/answer-visibility.ts';
import type { Change } from '../../domain/receipts/change.ts';
import { type CommandReceipt, receipts } from '../../domain/receipts/receipt.ts';
import { recomputeAll } from '../../domain/settings/change-settings.ts';
import { unitOfWork } from '../../domain/unit-of-work/unit-of-work.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, joined, moment, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { type AnyDeclaration, type Row, updateWithRetry } from '../../ports/store.ts';
import { whyNotUndo } from './may-undo.ts';
import { replacePastMembers, revertChange, withdrawDelivery } from './revert.ts';

/** How long a command can be undone: a day. */
const UNDO_WINDOW_MS = 86_400_000;
/** How many commands are offered. */
const MAX_COMMANDS_OFFERED = 5;

/** Undoes what a command wrote: the one of the pressed button, or one of the member's last five. */
const undo = defineCommand({
  name: 'undo',
  summary: 'Undo something you did in the last day',
  examples: ['undo'],
  args: { which: { kind: 'text', summary: 'Which one. Its button fills this in' } },
  audience: 'actor',
  guard: 'note things',
  writesWithoutReceipt: true,
  async run({ args, member, now }, deps): Promise<Reply> {
    const since = new Date(now.getTime() - UNDO_WINDOW_MS);
    if (!args.which) return offerCommands(member, since, deps);
    const id = idFromReference(args.which);
    const row = id ? await deps.stores.global(receipts).get(id) : undefined;
    if (!row)
      throw new UserError(
        'I no longer have what that was about: things can be undone for a day. Nothing has changed.',
      );
    if (row.partnership !== deps.partnership.id || !isSameMember(member, row.actor)) {
      throw new UserError('Only the person who did that can undo it. Nothing has changed.');
    }
    if (row.at < since)
      throw new UserError(
        'That was more than a day ago, so I can no longer undo it. You can still change it.',
      );
    return (await whyNotUndo(row, member, deps)) ?? undoCommand(id, member, deps);
  },
});

async function offerCommands(member: Member, since: Date, deps: Deps): Promise<Reply> {
  const query = {
    index: 'byActor',
    where: { partnership: deps.partnership.id, actor: member.id, undoable: true },
    range: { field: 'at', after: since },
    descending: true,
  } as const;
  const { rows } = await deps.stores.global(receipts).find(query, MAX_COMMANDS_OFFERED);
  if (rows.length === 0) return { text: rich`There is nothing to undo from the last day.` };
  const viewer = viewerOf(member, deps.directory);
  const blocks = rows.map(async (row): Promise<Block> => {
    const isHidden = await isAnswerHiddenFrom(viewer, row, deps.store);
    const answer = isHidden ? rich`about something that is hidden from you` : row.answer.reply.text;
    return {
      kind: 'row',
      text: rich`${bold(row.command)}, ${moment(row.at)}: ${answer}`,
      buttons: [{ label: 'Undo', command: 'undo', args: { which: `#${row.id}` } }],
    };
  });
  return { text: rich`Which one shall I undo?`, card: await Promise.all(blocks) };
}

/** Undoes a command, all of it at once. If somebody else changes one of the rows meanwhile, looks at them again. */
async function undoCommand(receipt: string, member: Member, deps: Deps): Promise<Reply> {
  const { stores, partnership } = deps;
  for (;;) {
    const row = await stores.global(receipts).get(receipt);
    if (!row?.undoable) return { text: rich`That was undone already.` };
    const unit = unitOfWork(stores, partnership.id, deps.wake);
    const reply = await revertAll(row, member, { ...deps, ...unit });
    await unit.recordHistory({ actor: row.actor, at: deps.now, key: `undo ${receipt}` });
    const undone = { ...row, undoable: false };
    if (await unit.commit({ partnership: undefined, declaration: receipts, save: undone }))
      return reply;
  }
}

async function revertAll(row: CommandReceipt, member: Member, deps: Deps): Promise<Reply> {
  refuseWithoutCoordinator(row, deps);
  const what = await whatWasNoted(row, viewerOf(member, deps.directory), deps);
  let kept = 0;
  const alreadySent: Delivery[] = [];
  for (const written of row.changes.toReversed()) {
    const declaration = collections.find(({ name }) => name === written.collection);
    if (written.collection === deliveries.name && !written.before) {
      alreadySent.push(...(await withdrawDelivery(written.id, deps.store)));
    } else if (declaration && !(await revertIn(declaration, written, deps))) kept++;
  }
  await replacePastMembers(row, deps);
  if (alreadySent.length > 0) await notifyOfTies(row, member, deps);
  await recountAll(row, deps);
  await rescheduleBriefs(row, deps);
  if (row.changes.some(({ collection }) => collection === partnerships.name))
    await recomputeAll(deps);
  await deps.namesChanged();
  deps.wake();
  return { text: undoneText(what, kept > 0, alreadySent, deps.directory) };
}

/** What becomes of a contact or a follow-up that the command noted: `"ring Sue" is off your list`. Read before it goes. */
async function whatWasNoted(
  { command, changes, actor }: CommandReceipt,
  viewer: Viewer,
  { store, directory }: Deps,
): Promise<RichText | undefined> {
  if (command !== 'log' && command !== 'followup add') return undefined;
  const created = (collection: string) =>
    changes.find((change) => change.collection === collection && !change.before)?.id;
  const [contactId, followupId] = [created(contacts.name), created(followups.name)];
  const contact = contactId && (await store.of(contacts).get(contactId));
  const followup = followupId && (await store.of(followups).get(followupId));
  const partner = contact && directory.partner(contact.partner)?.name;
  const parts: RichText[] = [];
  if (partner) parts.push(rich`the contact with ${bold(partner)} is gone`);
  if (followup && !isFollowupHiddenFrom(viewer, followup))
    parts.push(rich`"${followup.title}" is off ${followup.who === actor ? 'your' : 'the'} list`);
  return parts.length > 0 ? joined(parts, ', and ') : undefined;
}

/** Reverts a change. In collections that all partnerships share, only if the row is still this partnership's. */
async function revertIn(
  declaration: AnyDeclaration,
  written: Change,
  { store, trackedGlobal, partnership }: Deps,
): Promise<boolean> {
  if (declaration.scope === 'partnership') return revertChange(written, store.of(declaration));
  const rows = trackedGlobal(declaration);
  const row: (Row & { partnership?: unknown }) | undefined = await rows.get(written.id);
  return row?.partnership === partnership.id && revertChange(written, rows);
}

/** The coordinators who have heard of a tie hear that it is as it was before. */
async function notifyOfTies(
  { id, changes }: CommandReceipt,
  by: Member,
  deps: Deps,
): Promise<void> {
  for (const { collection, id: of, before, after } of changes) {
    const [was, given] = [before, after].map((row) => (row as Partial<Member> | null)?.tiedTo);
    const member = deps.directory.member(of);
    if (collection !== members.name || !was || !given || !member) continue;
    const idOf = (label: string) => derivedId(id, 'undone', label);
    const tell = (partner: string, tied: boolean) =>
      notifyOfTie({ member, partner, tied }, by, { ...deps, id: idOf });
    for (const partner of was.filter((one) => !given.includes(one))) await tell(partner, true);
    for (const partner of given.filter((one) => !was.includes(one))) await tell(partner, false);
  }
}

/** Recomputes the last contacts of partners if a contact was undone. */
async function recountAll({ changes }: CommandReceipt, deps: Deps): Promise<void> {
  if (!changes.some(({ collection }) => collection === contacts.name)) return;
  for (const { collection, id } of changes) {
    if (collection === partners.name) await recomputeLastContact(id, deps);
  }
}

/** Schedules the briefs of members again whose settings were undone. */
async function rescheduleBriefs({ changes }: CommandReceipt, deps: Deps): Promise<void> {
  for (const { collection, id } of changes) {
    if (collection !== members.name) continue;
    await updateWithRetry(deps.store.of(members), id, (row) =>
      row.sending ? undefined : scheduleBrief(row, deps.partnership, deps.now),
    );
  }
}

/** @throws UserError if there would be no coordinator after the undo. */
function refuseWithoutCoordinator({ changes }: CommandReceipt, { directory }: Deps): void {
  for (const { collection, id, before } of changes) {
    const now = collection === members.name ? directory.member(id) : undefined;
    const { role } = (before ?? {}) as Partial<Member>;
    if (now && role) refuseLastCoordinator(now, role, directory.members);
  }
}

/**
 * Says what an undo did.
 * @param what what became of the noted things, if that is known.
 * @param kept whether something was left as it is, because it changed since.
 * @param alreadySent messages that had been sent already.
 */
function undoneText(
  what: RichText | undefined,
  kept: boolean,
  alreadySent: readonly Delivery[],
  directory: Directory,
): RichText {
  const namesOf = (rows: readonly Delivery[]) =>
    joined(
      rows.map(({ recipient }) => rich`${directory.member(recipient)?.name ?? 'somebody'}`),
      ' and ',
    );
  const asked = alreadySent.filter(({ awaited }) => awaited);
  const notified = alreadySent.filter(({ awaited }) => !awaited);
  const toldText =
    notified.length > 0 &&
    rich` I had already told ${namesOf(notified)}, so please let them know yourself.`;
  if (kept) return rich`Undone, except what has changed since: I left that as it is.${toldText}`;
  const undone = what ? rich`Undone: ${what}.` : rich`Undone: everything is as it was before.`;
  if (alreadySent.length === 0) return undone;
  const askedText =
    asked.length > 0 &&
    rich` I had already asked ${namesOf(asked)}. If they answer now, they'll hear that it was taken back.`;
  return rich`${what ? undone : 'Undone.'}${askedText}${toldText}`;
}

export const undoCommands = [undo];

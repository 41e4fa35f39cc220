import { distinctLabels } from '../../base/distinct-labels.ts';
import { derivedId, idFromReference } from '../../base/id.ts';
import { listText } from '../../base/text.ts';
import { notifyOfTie } from '../../cards/tie-notice.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { dayOf, dayText, minuteOf } from '../../dates/day.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { collections } from '../../domain/collections.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { rescheduleRepeats } from '../../domain/followups/series.ts';
import { isSameMember, type Member, members, zoneOf } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { refuseLastCoordinator } from '../../domain/members/rules.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { recomputeLastContact } from '../../domain/partners/recompute-last-contact.ts';
import { partnerships } from '../../domain/partnerships/partnership.ts';
import { isAnswerHiddenFrom } from '../../domain/receipts/answer-visibility.ts';
import type { Change } from '../../domain/receipts/change.ts';
import { type CommandReceipt, receipts } from '../../domain/receipts/receipt.ts';
import { recomputeAll } from '../../domain/settings/change-settings.ts';
import { unitOfWork } from '../../domain/unit-of-work/unit-of-work.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { joined, moment, opening, type RichText, rich } from '../../message/rich-text.ts';
import { questionWith, UserError } from '../../message/user-error.ts';
import { type AnyDeclaration, getAll, type Row, updateWithRetry } from '../../ports/store.ts';
import { isComputed } from './effect-kinds.ts';
import { effectsOf, undoneSentence } from './effects.ts';
import { whyNotUndo } from './may-undo.ts';
import { replacePastMembers, revertChange, withdrawDelivery } from './revert.ts';
import { wholeUndoButton } from './whole-undo.ts';

/** How long a command can be undone: a day. */
const UNDO_WINDOW_MS = 86_400_000;
/** How many commands are offered. */
const MAX_COMMANDS_OFFERED = 5;
const MAX_LABEL_LENGTH = 70;

/** Undoes what a command wrote: the one of the pressed button, or one of the member's last five. */
const undo = defineCommand({
  name: 'undo',
  summary: 'Undo something you did in the last day',
  phrases: [
    'scrap that',
    'take that back',
    'undo that',
    'i made a mistake',
    { says: 'oops …', ignoresRest: true },
    'scrap it',
    'delete that',
    'delete it',
    'remove that',
    'remove it',
    'scratch that',
    'take it back',
    'undo it',
    'undo the last one',
    'that was wrong',
    'that is wrong',
    'that is not right',
    'oops',
    'my mistake',
    'wrong',
  ],
  examples: ['undo'],
  args: {
    which: { kind: 'text', summary: 'Which one. Its button fills this in', fromButton: true },
  },
  audience: 'actor',
  guard: 'note things',
  writesWithoutReceipt: true,
  async run(call, deps): Promise<Reply> {
    const { args, member, now } = call;
    const since = new Date(now.getTime() - UNDO_WINDOW_MS);
    if (!args.which) return offerCommands(call, since, deps);
    const id = idFromReference(args.which);
    const row = id ? await deps.stores.global(receipts).get(id) : undefined;
    if (!row)
      throw new UserError(
        'I no longer have what that was about: things can be undone for a day. Nothing has changed.',
      );
    if (row.partnership !== deps.partnership.id || !isSameMember(member, row.actor)) {
      throw new UserError('Only the person who did that can undo it. Nothing has changed.');
    }
    const ofWhole = await wholeUndoButton(row, deps);
    if (ofWhole === null) return { text: rich`That was undone already.` };
    if (ofWhole) {
      const guard = deps.commands.get(row.command)?.guard;
      if (guard && !may(member.role, guard)) return refusal.noRight(guard);
      throw questionWith(rich`Shall I take that back?`, [ofWhole]);
    }
    if (row.at < since)
      throw new UserError(
        'That was more than a day ago, so I can no longer undo it. You can still change it.',
      );
    const refused = await whyNotUndo(row, member, deps);
    return refused ? { ...refused, replaces: false } : undoCommand(id, call, deps);
  },
});

/** Who undoes something, in which zone, and which day it is for them. */
type UndoContext = Pick<Call, 'member' | 'zone' | 'today'>;

async function offerCommands(context: UndoContext, since: Date, deps: Deps): Promise<Reply> {
  const { member, zone, today } = context;
  const query = {
    index: 'byActor',
    where: { partnership: deps.partnership.id, actor: member.id, undoable: true },
    range: { field: 'at', after: since },
    descending: true,
  } as const;
  const found = await deps.stores.global(receipts).find(query, MAX_COMMANDS_OFFERED);
  const buttons = await Promise.all(found.rows.map((row) => wholeUndoButton(row, deps)));
  const rows = found.rows.flatMap((row, index) => {
    const whole = buttons[index];
    return whole === null ? [] : [{ row, whole }];
  });
  if (rows.length === 0) return { text: rich`There is nothing to undo from the last day.` };
  const viewer = viewerOf(member, deps.directory);
  const offered = await Promise.all(
    rows.map(async ({ row, whole }) => {
      if (whole) return { row, answer: row.answer.reply.text, ...whole };
      const isHidden = await isAnswerHiddenFrom(viewer, row, deps.store);
      const [effect] = isHidden ? [] : await effectsOf(row, { ...deps, member, today });
      const answer = isHidden ? rich`something that is hidden from you` : row.answer.reply.text;
      const label = `Undo: ${effect?.label ?? row.command}`;
      return { row, answer, label, command: 'undo', args: { which: `#${row.id}` } };
    }),
  );
  const labels = distinctLabels(
    offered,
    ({ label }) => label,
    [
      ({ row }) => dayText(dayOf(row.at, zone), today),
      ({ row }) => timeText(minuteOf(row.at, zone)),
    ],
    MAX_LABEL_LENGTH,
  );
  const blocks = offered.map(
    ({ row, answer, command, args }, index): Block => ({
      kind: 'row',
      text: rich`${moment(row.at)}: ${opening(answer)}`,
      buttons: [{ label: labels[index] ?? 'Undo', command, args }],
    }),
  );
  return { text: rich`Which one shall I undo?`, card: blocks };
}

/** Undoes a command, all of it at once. If somebody else changes one of the rows meanwhile, looks at them again. */
async function undoCommand(receipt: string, context: UndoContext, deps: Deps): Promise<Reply> {
  const { stores, partnership } = deps;
  for (;;) {
    const row = await stores.global(receipts).get(receipt);
    if (!row?.undoable) return { text: rich`That was undone already.` };
    const unit = unitOfWork(stores, partnership.id, deps.wake);
    const reply = await revertAll(row, context, { ...deps, ...unit });
    await unit.recordHistory({ actor: row.actor, at: deps.now, key: `undo ${receipt}` });
    const undone = { ...row, undoable: false };
    if (await unit.commit({ partnership: undefined, declaration: receipts, save: undone }))
      return reply;
  }
}

async function revertAll(
  row: CommandReceipt,
  { member, today }: UndoContext,
  deps: Deps,
): Promise<Reply> {
  refuseWithoutCoordinator(row, deps);
  const what = undoneSentence(await effectsOf(row, { ...deps, member, today }));
  const contactPartners = await partnersOfContacts(row, deps);
  const kept: Change[] = [];
  const alreadySent: Delivery[] = [];
  for (const written of row.changes.toReversed()) {
    const declaration = collections.find(({ name }) => name === written.collection);
    if (written.collection === deliveries.name && !written.before) {
      alreadySent.push(...(await withdrawDelivery(written.id, deps.store)));
    } else if (declaration && !(await revertIn(declaration, written, deps))) kept.unshift(written);
  }
  await replacePastMembers(row, deps);
  if (alreadySent.length > 0) await notifyOfTies(row, member, deps);
  for (const partner of contactPartners) await recomputeLastContact(partner, deps);
  await rescheduleBriefs(row, deps);
  if (row.changes.some(({ collection }) => collection === partnerships.name))
    await recomputeAll(deps.partnership.zone, deps);
  await deps.namesChanged();
  deps.wake();
  const keptEffects = await effectsOf({ changes: kept }, { ...deps, member, today });
  const left = kept.length > 0 ? keptEffects.map(({ label }) => label) : undefined;
  return { text: undoneText(what, left, alreadySent, deps.directory) };
}

/** Reverts a change. In collections that all partnerships share, only if the row is still this partnership's. */
async function revertIn(
  declaration: AnyDeclaration,
  written: Change,
  { store, trackedGlobal, partnership, directory }: Deps,
): Promise<boolean> {
  // The dates of a merged partner follow from its contacts when it is taken apart.
  const isMerged = directory.mergedPartners.some(({ id }) => id === written.id);
  if (isMerged && isComputed(written)) return true;
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

/** The partners of the contacts that a command changed, before and after the change. Read before it is reverted. */
async function partnersOfContacts({ changes }: CommandReceipt, { store }: Deps): Promise<string[]> {
  const changed = changes.filter(({ collection }) => collection === contacts.name);
  const rows = await getAll(
    store.of(contacts),
    changed.map(({ id }) => id),
  );
  const before = changed.flatMap(
    (change) => (change.before as Partial<Contact> | null)?.partner ?? [],
  );
  return [...new Set([...rows.map(({ partner }) => partner), ...before])];
}

/** Schedules the briefs and repeats of members again whose settings were undone. */
async function rescheduleBriefs({ changes }: CommandReceipt, deps: Deps): Promise<void> {
  const { store, untracked, partnership, now } = deps;
  for (const { collection, id } of changes) {
    if (collection !== members.name) continue;
    await updateWithRetry(store.of(members), id, (row) =>
      row.sending ? undefined : scheduleBrief(row, partnership, now),
    );
    const member = await store.of(members).get(id);
    const was = zoneOf(deps.directory.member(id), partnership);
    if (member) await rescheduleRepeats(member, was, { store: untracked, partnership, now });
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
 * @param left what was left as it is, because it changed since; undefined: nothing.
 * @param alreadySent messages that had been sent already.
 */
function undoneText(
  what: RichText | undefined,
  left: readonly string[] | undefined,
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
  if (left) {
    const names = left.length > 0 && ` (${listText(left, 'and')})`;
    return rich`Undone, except what has changed since${names}: I left that as it is.${toldText}`;
  }
  const undone = what ? rich`Undone: ${what}.` : rich`Undone: everything is as it was before.`;
  if (alreadySent.length === 0) return undone;
  const askedText =
    asked.length > 0 &&
    rich` I had already asked ${namesOf(asked)}. If they answer now, they'll hear that it was taken back.`;
  return rich`${what ? undone : 'Undone.'}${askedText}${toldText}`;
}

export const undoCommands = [undo];

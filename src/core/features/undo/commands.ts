import { idIn } from '../../base/id.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { collections } from '../../domain/collections.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { refuseLastCoordinator } from '../../domain/members/rules.ts';
import { isSelf } from '../../domain/members/self.ts';
import { partners } from '../../domain/partners/partner.ts';
import { recountContacts } from '../../domain/partners/recount-contacts.ts';
import { partnerships } from '../../domain/partnerships/partnership.ts';
import { type CommandReceipt, receipts } from '../../domain/receipts/receipt.ts';
import type { Change } from '../../domain/receipts/track-changes.ts';
import { rederiveAll } from '../../domain/settings/rederive.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, moment, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import {
  type AnyDeclaration,
  genericDeclaration,
  type Row,
  updateWithRetry,
} from '../../ports/store.ts';
import { takenText } from './cards.ts';
import { settleOwners } from './owners.ts';
import { recall } from './recall.ts';
import { takeBack } from './take-back.ts';

/** For how long a command can be taken back (ms): a day. */
const UNDO_FOR = 86_400_000;
/** How many of one's own are offered. */
const OFFERED = 5;

/** Takes back what a command wrote: from its reply, or the last five of one's own, for a day. */
const undo = defineCommand({
  name: 'undo',
  summary: 'Take back something you did today',
  examples: ['undo'],
  args: { which: { kind: 'text', summary: 'Which one, as its button names it' } },
  audience: 'actor',
  guard: 'note things',
  changes: true,
  async run({ args, member, now }, deps): Promise<Reply> {
    const since = new Date(now.getTime() - UNDO_FOR);
    if (!args.which) return offer(member, since, deps);
    const id = idIn(args.which);
    const row = id ? await deps.stores.global(receipts).get(id) : undefined;
    if (!row || row.partnership !== deps.partnership.id || !isSelf(member, row.actor)) {
      throw new UserError('Only the person who did that can take it back. Nothing has changed.');
    }
    if (row.at < since)
      throw new UserError('That was more than a day ago, so it stays. You can still change it.');
    return takeBackOnce(row, deps);
  },
});

export const undoCommands = [undo];

async function offer(member: Member, since: Date, deps: Deps): Promise<Reply> {
  const rows = await deps.stores.global(receipts).find({
    index: 'byActor',
    where: { partnership: deps.partnership.id, actor: member.id, undoable: true },
    range: { field: 'at', after: since },
    descending: true,
    limit: OFFERED,
  });
  if (rows.length === 0)
    return { text: rich`There is nothing of yours from the last day to take back.` };
  const blocks = rows.map(
    (row): Block => ({
      kind: 'row',
      text: rich`${bold(row.command)}, ${moment(row.at)}: ${row.answer.reply.text}`,
      buttons: [{ label: 'Undo', command: 'undo', args: { which: `#${row.id}` } }],
    }),
  );
  return { text: rich`Which one shall I take back?`, card: blocks };
}

/** Each step may be repeated, and the receipt is closed last: cut off half-way, it can be pressed again. */
async function takeBackOnce(row: CommandReceipt, deps: Deps): Promise<Reply> {
  if (!row.undoable) return { text: rich`That has been taken back already.` };
  refuseToLeaveNobody(row, deps);
  let kept = 0;
  const out: Delivery[] = [];
  for (const written of row.changes.toReversed()) {
    const declaration = collections.find(({ name }) => name === written.collection);
    if (written.collection === deliveries.name && !written.before) {
      out.push(...(await recall(written.id, deps.store)));
    } else if (declaration && !(await takeBackFrom(declaration, written, deps))) kept++;
  }
  await settleOwners(row, deps);
  await recountAll(row, deps);
  await rescheduleBriefs(row, deps);
  if (row.changes.some(({ collection }) => collection === partnerships.name))
    await rederiveAll(deps);
  await deps.namesChanged();
  await deps.stores.global(receipts).save({ ...row, undoable: false });
  deps.wake();
  return { text: takenText(kept > 0, out, deps.directory) };
}

/** Of what all partnerships share, only a row that is this one's still. */
async function takeBackFrom(
  declaration: AnyDeclaration,
  written: Change,
  { store, stores, partnership }: Deps,
): Promise<boolean> {
  if (declaration.scope === 'partnership')
    return takeBack(written, store.of(genericDeclaration(declaration)));
  const rows = stores.global(genericDeclaration(declaration));
  const row: (Row & { partnership?: unknown }) | undefined = await rows.get(written.id);
  return row?.partnership === partnership.id && takeBack(written, rows);
}

/** Last contacts are derived from what is logged: derive them again where a contact has gone. */
async function recountAll({ changes }: CommandReceipt, deps: Deps): Promise<void> {
  if (!changes.some(({ collection }) => collection === contacts.name)) return;
  for (const { collection, id } of changes) {
    if (collection === partners.name) await recountContacts(id, deps);
  }
}

/** When a brief comes is derived from settings: derive it again where those of a member have gone back. */
async function rescheduleBriefs({ changes }: CommandReceipt, deps: Deps): Promise<void> {
  for (const { collection, id } of changes) {
    if (collection !== members.name) continue;
    await updateWithRetry(deps.store.of(members), id, (row) =>
      row.sending ? undefined : scheduleBrief(row, deps.partnership, deps.now),
    );
  }
}

/** Somebody has to coordinate, also after an undo. @throws UserError */
function refuseToLeaveNobody({ changes }: CommandReceipt, { directory }: Deps): void {
  for (const { collection, id, before } of changes) {
    const now = collection === members.name ? directory.member(id) : undefined;
    const { role } = (before ?? {}) as Partial<Member>;
    if (now && role) refuseLastCoordinator(now, role, directory.members);
  }
}

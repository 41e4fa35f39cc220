import { distinctLabels } from '../base/distinct-labels.ts';
import { idFromReference } from '../base/id.ts';
import { quoteShort } from '../base/text.ts';
import type { Call, Deps } from '../command/command.ts';
import { dayOf, dayText, minuteOf } from '../dates/day.ts';
import { timeText } from '../dates/time-of-day.ts';
import { type Followup, followups } from '../domain/followups/followup.ts';
import { isSameMember, type Member, zoneOf } from '../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../domain/members/visibility.ts';
import { FORM, WORDS } from '../message/invocation.ts';
import { bold, commandText, rich } from '../message/rich-text.ts';
import { questionWith, UserError } from '../message/user-error.ts';
import { nameKey } from '../names/name-words.ts';

/** How many to choose from if several fit. */
const MAX_OFFERED = 5;
const MAX_LABEL_LENGTH = 70;

/**
 * Finds one follow-up, by the `#id` of a button or by words of its title or partner. Words find open follow-ups only, the
 * member's own first.
 * @param which the id or the words.
 * @param command the command that the buttons of a question go on with.
 * @param gone the error text for an id whose row does not exist any more, or is hidden from the member.
 * @throws Question if several fit.
 * @throws UserError if none fits.
 */
export async function resolveFollowup(
  which: string,
  command: string,
  { member, raw }: Pick<Call, 'member' | 'raw'>,
  deps: Deps,
  gone = rich`I no longer have that follow-up. See what is open with ${commandText('followup list')}.`,
): Promise<Followup> {
  const id = idFromReference(which) || deps.resolvedIds.get(which);
  if (id) {
    const row = await deps.store.of(followups).get(id);
    if (row && !isFollowupHiddenFrom(viewerOf(member, deps.directory), row)) return row;
    throw new UserError(gone);
  }
  const fitting = await findOpenFollowups(which, member, deps);
  const [only] = fitting;
  if (only && fitting.length === 1) {
    deps.resolvedIds.set(which, only.id);
    return only;
  }
  if (!only) {
    throw new UserError(
      rich`I can't find an open follow-up like "${quoteShort(which)}". See them with ${commandText('followup list')}.`,
    );
  }
  const { [WORDS]: _, [FORM]: __, ...rest } = raw;
  const offered = fitting.slice(0, MAX_OFFERED);
  const labels = followupLabels(offered, member, deps);
  const buttons = offered.map((row, index) => ({
    label: labels[index] ?? row.title,
    command,
    args: { ...rest, which: `#${row.id}` },
  }));
  throw questionWith(
    rich`Which one did you mean? Several match ${bold(quoteShort(which))}.`,
    buttons,
  );
}

/** Titles for buttons: of the same title, with what tells them apart. */
function followupLabels(
  rows: readonly Followup[],
  member: Member,
  { directory, partnership, now }: Pick<Deps, 'directory' | 'partnership' | 'now'>,
): string[] {
  const zone = zoneOf(member, partnership);
  const today = dayOf(now, zone);
  const nameIn = (named: { name: string } | undefined) => named?.name ?? '';
  return distinctLabels(
    rows,
    ({ title }) => title,
    [
      ({ dueDay }) => (dueDay === null ? 'no day' : dayText(dueDay, today)),
      ({ at }) => (at ? timeText(minuteOf(at, zone)) : ''),
      ({ partner }) => nameIn(directory.partner(partner ?? '')),
      ({ who }) => nameIn(directory.member(who ?? '')),
    ],
    MAX_LABEL_LENGTH,
  );
}

/** The open follow-ups that have all of the words and that the member may see: their own, or everybody's if none is their own. */
export async function findOpenFollowups(
  words: string,
  member: Member,
  deps: Pick<Deps, 'store' | 'directory'>,
): Promise<Followup[]> {
  const wanted = nameKey(words).split(' ');
  const viewer = viewerOf(member, deps.directory);
  const isMeant = (row: Followup) => {
    if (isFollowupHiddenFrom(viewer, row)) return false;
    const partner = row.partner ? deps.directory.partner(row.partner)?.name : '';
    const text = nameKey(`${row.title} ${partner}`).split(' ');
    return wanted.every((token) => text.includes(token));
  };
  const rows = deps.store.of(followups);
  const state = 'open';
  const mine: Followup[] = [];
  for await (const row of rows.all({ index: 'byWho', where: { state, who: member.id } }))
    if (isMeant(row)) mine.push(row);
  if (mine.length > 0) return mine;
  const others: Followup[] = [];
  for await (const row of rows.all({ index: 'byDueDay', where: { state } }))
    if (isMeant(row)) others.push(row);
  return others;
}

/**
 * Checks that a member may change a follow-up now.
 * @throws UserError if it is somebody else's, is closed, or is just being sent.
 */
export function assertCanChange(row: Followup, member: Member, directory: Deps['directory']): void {
  refuseOthers([row.who, row.createdBy], member, directory);
  if (row.state === 'done')
    throw new UserError(rich`${bold(row.title)} is done already. Nothing has changed.`);
  if (row.state === 'cancelled')
    throw new UserError(rich`${bold(row.title)} was cancelled. Nothing has changed.`);
  refuseSending(row);
}

/**
 * @param owners whose it is; the first is named.
 * @throws UserError if it is somebody else's, and they are no worker.
 */
export function refuseOthers(
  owners: readonly (string | null)[],
  member: Member,
  directory: Deps['directory'],
): void {
  if (member.role !== 'member' || owners.some((id) => isSameMember(member, id))) return;
  const owner = directory.member(owners[0] ?? '')?.name;
  throw new UserError(
    owner
      ? rich`That's ${owner}'s. ${owner} or a worker can change it.`
      : rich`That's somebody else's. A worker can change it.`,
  );
}

/** @throws UserError while the reminder of a follow-up is being sent. */
export function refuseSending({ sending }: Pick<Followup, 'sending'>): void {
  if (sending)
    throw new UserError('Its reminder is being sent right now. Try again in a few seconds.');
}

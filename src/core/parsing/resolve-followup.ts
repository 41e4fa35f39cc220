import { distinctLabels } from '../base/distinct-labels.ts';
import { idFromReference } from '../base/id.ts';
import { quoteShort } from '../base/text.ts';
import type { Call, Deps } from '../command/command.ts';
import { dayOf, dayText, minuteOf } from '../dates/day.ts';
import { timeText } from '../dates/time-of-day.ts';
import { type Followup, followups } from '../domain/followups/followup.ts';
import { maySpeakFor } from '../domain/members/by-hand.ts';
import { isSameMember, type Member, zoneOf } from '../domain/members/member.ts';
import { isFollowupHiddenFrom, type Viewer, viewerOf } from '../domain/members/visibility.ts';
import { FORM, type RawArgs, WORDS } from '../message/invocation.ts';
import { bold, commandText, day, type RichText, rich } from '../message/rich-text.ts';
import { BeingSentError, questionWith, StateError, UserError } from '../message/user-error.ts';
import { nameKey } from '../names/name-words.ts';

/** How many to choose from if several fit. */
const MAX_OFFERED = 5;
const MAX_LABEL_LENGTH = 70;

const GONE = rich`I no longer have that follow-up. See what is open with ${commandText('followup list')}.`;

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
  gone = GONE,
): Promise<Followup> {
  const id = idFromReference(which) || deps.resolvedIds.get(which);
  if (id) {
    const row = await deps.store.of(followups).get(id);
    if (row && !isFollowupHiddenFrom(viewerOf(member, deps.directory), row)) return row;
    throw new StateError(gone);
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
 * @throws StateError if it is somebody else's, is closed, or is just being sent.
 */
export function assertCanChange(
  row: Followup,
  member: Member,
  deps: Pick<Deps, 'directory' | 'partnership'>,
): void {
  assertIsOpen(row, member, deps);
  refuseSending(row);
}

/** @throws StateError if it is somebody else's or closed. */
function assertIsOpen(
  row: Followup,
  member: Member,
  deps: Pick<Deps, 'directory' | 'partnership'>,
): void {
  refuseOthers([row.who, row.createdBy], member, deps.directory);
  if (row.state !== 'open') throw new StateError(closedText(row, member, deps));
}

/**
 * The follow-up that a form is about to change, if a button names it.
 * @throws StateError if it cannot be changed: nobody should fill in a form for nothing.
 */
export async function followupOfForm(
  { which }: RawArgs,
  {
    member,
    store,
    ...deps
  }: Pick<Deps, 'store' | 'directory' | 'partnership'> & Pick<Call, 'member'>,
): Promise<Followup | undefined> {
  const id = idFromReference(which);
  if (!id) return undefined;
  const row = await store.of(followups).get(id);
  if (!row || isFollowupHiddenFrom(viewerOf(member, deps.directory), row))
    throw new StateError(GONE);
  assertIsOpen(row, member, deps);
  return row;
}

/** Says that a follow-up is closed, by whom and when: `**Send the plan** is done already: Tom ticked it off today.` */
function closedText(
  { title, state, closedAt, closedBy }: Followup,
  member: Member,
  { directory, partnership }: Pick<Deps, 'directory' | 'partnership'>,
): RichText {
  const isTheirs = closedBy !== null && closedBy !== undefined && isSameMember(member, closedBy);
  const who = isTheirs ? 'you' : directory.member(closedBy ?? '')?.name;
  const when = closedAt && rich` ${day(dayOf(closedAt, zoneOf(member, partnership)))}`;
  if (state === 'done') {
    const by = who && rich`: ${who} ticked it off${when}`;
    return rich`${bold(title)} is done already${by}. Nothing has changed.`;
  }
  return rich`${bold(title)} was taken off the list${who && ` by ${who}`}${when}. Nothing has changed.`;
}

/** Whether something is of others, so that a member who is no worker cannot change it. */
export function belongsToOthers(
  owners: readonly (string | null)[],
  member: Pick<Viewer, 'id' | 'role' | 'mergedFrom'>,
): boolean {
  return member.role === 'member' && !owners.some((id) => isSameMember(member, id));
}

/**
 * @param owners whose it is; the first is named.
 * @throws StateError if it is somebody else's, and they are no worker.
 */
export function refuseOthers(
  owners: readonly (string | null)[],
  member: Member,
  directory: Deps['directory'],
): void {
  if (!belongsToOthers(owners, member)) return;
  if (owners.some((id) => maySpeakFor(member, directory.member(id ?? '')))) return;
  const owner = directory.member(owners[0] ?? '')?.name;
  throw new StateError(
    owner
      ? rich`That's ${owner}'s. ${owner} or a worker can change it.`
      : rich`That's somebody else's. A worker can change it.`,
  );
}

/** @throws BeingSentError while the reminder of a follow-up is being sent. */
export function refuseSending({ sending }: Pick<Followup, 'sending'>): void {
  if (sending)
    throw new BeingSentError(
      'Its reminder is being sent right now, so nothing has changed. Please try again in a minute.',
    );
}

import { dayOf } from '../../dates/day.ts';
import { BeingSentError } from '../../message/user-error.ts';
import { type Store, updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import type { Directory } from '../directory/directory.ts';
import { type Followup, followups } from '../followups/followup.ts';
import { successorId, withReminderAfterEdit } from '../followups/series.ts';
import { changeMember } from '../members/change-member.ts';
import { type Member, members } from '../members/member.ts';
import { isPrivateFrom } from '../members/visibility.ts';
import { type Partner, partners } from '../partners/partner.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type HandedItem, type Handover, handovers } from './handover.ts';

/** What undoing a handover did. */
export interface TakenBack {
  /** Ids of the members who had taken something on, and have it no longer. */
  takers: string[];
  /** How many things went back. */
  back: number;
  /** How many things stay with somebody who was given them since. */
  stayed: number;
}

type TakeBackContext = WriteContext & { directory: Directory };

/**
 * Undoes a handover as a whole: whatever it gave to somebody, or left to nobody, is as it was before. What is done by
 * now stays done, and what somebody else was given since stays theirs.
 * @throws BeingSentError while a reminder of one of the follow-ups is being sent.
 */
export async function takeBack(handover: Handover, context: TakeBackContext): Promise<TakenBack> {
  const { store, now } = context;
  if (handover.recordsLeaving) await letBackIn(handover.from, context);
  const isHere = await hereNow(handover, context);
  const taken: TakenBack = { takers: [], back: 0, stayed: 0 };
  for (const item of handover.items) {
    const outcome =
      item.kind === 'followup'
        ? await followupBack(item, isHere, context)
        : await leadBack(item, isHere, context);
    if (outcome.taker && !taken.takers.includes(outcome.taker)) taken.takers.push(outcome.taker);
    if (outcome.went === 'back') taken.back++;
    if (outcome.went === 'stayed') taken.stayed++;
  }
  await updateWithRetry(store.of(handovers), handover.id, (row) => ({ ...row, undoneAt: now }));
  return taken;
}

/** Somebody who was put out by their role or channel since stays out. */
async function letBackIn(from: string, context: TakeBackContext): Promise<void> {
  const { directory, partnership, now } = context;
  await changeMember(directory.member(from)?.id ?? from, context, (row) =>
    row.active || row.mergedInto || row.access?.some(({ lost }) => lost)
      ? undefined
      : scheduleBrief({ ...row, active: true }, partnership, now),
  );
}

/** The members who are here, by each id they had. */
type IsHere = (id: string | null | undefined) => Member | undefined;

async function hereNow({ from }: Handover, { store, directory }: TakeBackContext): Promise<IsHere> {
  // The directory does not know yet that they were let in again.
  const holder = await store.of(members).get(directory.member(from)?.id ?? from);
  return (id) => {
    const known = directory.member(id ?? '');
    const found = known && known.id === holder?.id ? holder : known;
    return found?.active ? found : undefined;
  };
}

interface Outcome {
  went: 'back' | 'stayed' | 'nothing';
  /** The member who had taken it on. */
  taker?: string;
}

/** Whether somebody has a thing only because of the handover: nobody, who took it on, or who had it before. */
const isByHandover = (holder: string | null, known: readonly (string | null)[], d: Directory) =>
  holder === null || known.some((id) => id && d.member(id)?.id === d.member(holder)?.id);

async function followupBack(
  item: HandedItem & { kind: 'followup' },
  isHere: IsHere,
  context: TakeBackContext,
): Promise<Outcome> {
  const { directory, partnership, now } = context;
  const id = await openInSeries(item.id, context.store);
  let outcome: Outcome = { went: 'nothing' };
  await updateWithRetry(context.store.of(followups), id, (row) => {
    outcome = { went: 'nothing' };
    if (row.state !== 'open') return undefined;
    if (!isByHandover(row.who, [item.to, item.was.who], directory)) {
      outcome = { went: 'stayed' };
      return undefined;
    }
    if (row.sending)
      throw new BeingSentError('A reminder is being sent right now. Please try again in a minute.');
    const reader = (one: string | null) => {
      const found = isHere(one);
      return found && !isPrivateFrom(found, row, row.createdBy) ? found.id : null;
    };
    const who = reader(item.was.who);
    const isTheirs = isByHandover(row.asked, [item.to], directory);
    const asked = isTheirs ? reader(item.was.asked) : row.asked;
    const request = isTheirs ? { asked, askedBy: asked && item.was.askedBy } : {};
    // Coordinators hear from today of follow-ups that nobody has.
    const escalateOn = who ? item.was.escalateOn : dayOf(now, partnership.zone);
    outcome = {
      went: row.who === who && row.asked === asked ? 'nothing' : 'back',
      ...(row.who && row.who !== who && { taker: row.who }),
    };
    const back: Followup = { ...row, who, ...request, escalateOn, takenOn: null };
    return withReminderAfterEdit(row, back, context);
  });
  return outcome;
}

/** The id of the open follow-up of a series that began with one that was handed over; its own id if none is open. */
async function openInSeries(first: string, store: Store): Promise<string> {
  const rows = store.of(followups);
  for (let id = first; ; id = successorId(id)) {
    const row = await rows.get(id);
    if (!row) return first;
    if (row.state === 'open' || !row.series) return id;
  }
}

async function leadBack(
  item: HandedItem & { kind: 'lead' },
  isHere: IsHere,
  { store, directory }: TakeBackContext,
): Promise<Outcome> {
  let outcome: Outcome = { went: 'nothing' };
  const id = directory.partner(item.id)?.id ?? item.id;
  await updateWithRetry(store.of(partners), id, (row): Partner | undefined => {
    if (!isByHandover(row.lead, [item.to, item.was.lead], directory)) {
      outcome = { went: 'stayed' };
      return undefined;
    }
    const lead = isHere(item.was.lead)?.id ?? null;
    const isTheirs = isByHandover(row.leadAsked ?? null, [item.to], directory);
    const asked = isHere(item.was.leadAsked)?.id ?? null;
    const request = isTheirs
      ? { leadAsked: asked, leadAskedBy: asked && item.was.leadAskedBy }
      : {};
    const { nudgeOn, putOffUntil } = item.was;
    const isSameQuiet = row.quietOn === item.was.quietOn;
    outcome = {
      went: row.lead === lead && (row.leadAsked ?? null) === asked ? 'nothing' : 'back',
      ...(row.lead && row.lead !== lead && { taker: row.lead }),
    };
    return { ...row, lead, ...request, ...(isSameQuiet && { nudgeOn, putOffUntil }) };
  });
  return outcome;
}

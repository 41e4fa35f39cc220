import { type Store, updateWithRetry } from '../../ports/store.ts';
import { type Delivery, deliveries } from '../deliveries/delivery.ts';
import { deliveryId } from '../deliveries/enqueue-notice.ts';
import { type Followup, followups } from '../followups/followup.ts';
import { type Partner, partners } from '../partners/partner.ts';

/** Rows that are moved, side by side. */
const TOGETHER = 50;

/** Two members that are one by now. */
export interface MergedPair {
  from: string;
  to: string;
}

/**
 * Moves what was one member's to the one they are now: open follow-ups and requests, the lead of partners, notices
 * that have not gone out. Each step may be repeated.
 * @returns how much was moved, and whether something stays for now: it is just going out.
 */
export async function moveData(
  pair: MergedPair,
  store: Store,
): Promise<{ moved: Moved; isWhole: boolean }> {
  const open = await openOf(pair.from, store);
  const movable = open.filter(({ sending }) => sending === null);
  await each(movable, ({ id }) => moveFollowup(id, pair, store));
  const led = await moveLead(pair, store);
  await moveNotices(pair, store);
  const mine = movable.filter(({ who }) => who === pair.from).length;
  return { moved: { followups: mine, partners: led }, isWhole: movable.length === open.length };
}

/** How many things of each sort were moved. */
export interface Moved {
  followups: number;
  partners: number;
}

async function openOf(from: string, store: Store): Promise<Followup[]> {
  const rows = store.of(followups);
  const found: Followup[] = [];
  const open = { state: 'open' } as const;
  for await (const page of rows.pages({ index: 'byWho', where: { ...open, who: from } }))
    found.push(...page);
  for await (const page of rows.pages({ index: 'byAsked', where: { ...open, asked: from } }))
    found.push(...page.filter(({ who }) => who !== from));
  return found;
}

async function moveFollowup(id: string, pair: MergedPair, store: Store): Promise<void> {
  await updateWithRetry(store.of(followups), id, (row) =>
    row.sending === null ? withOwners(row, (member) => nowOf(member, pair)) : undefined,
  );
}

const nowOf = (member: string, { from, to }: MergedPair): string => (member === from ? to : member);

/** The follow-up with its members as they are now; undefined where they are so already. Nobody asks themselves. */
export function withOwners(row: Followup, now: (member: string) => string): Followup | undefined {
  const nowOrNobody = (member: string | null) => (member === null ? null : now(member));
  const who = nowOrNobody(row.who);
  const asked = nowOrNobody(row.asked);
  const request =
    asked !== null && asked === who
      ? { asked: null, askedBy: null }
      : { asked, askedBy: nowOrNobody(row.askedBy) };
  const next = { ...row, who, ...request, createdBy: now(row.createdBy) };
  const fields = ['who', 'asked', 'askedBy', 'createdBy'] as const;
  return fields.some((field) => next[field] !== row[field]) ? next : undefined;
}

async function moveLead({ from, to }: MergedPair, store: Store): Promise<number> {
  const rows = store.of(partners);
  const led: Partner[] = [];
  for (const archived of [false, true]) {
    const where = { archived, lead: from };
    for await (const page of rows.pages({ index: 'byNudge', where })) led.push(...page);
  }
  await each(led, ({ id }) =>
    updateWithRetry(rows, id, (row) => (row.lead === from ? { ...row, lead: to } : undefined)),
  );
  return led.filter(({ archived }) => !archived).length;
}

/** Notices that have not gone out. One that the other has as well is told once. */
async function moveNotices({ from, to }: MergedPair, store: Store): Promise<void> {
  const rows = store.of(deliveries);
  const waiting: Delivery[] = [];
  for await (const page of rows.pages({ index: 'byRecipient', where: { recipient: from } }))
    waiting.push(...page.filter(isWaiting));
  await each(waiting, async (notice) => {
    const { kind, subject, occurrence } = notice;
    const name = { kind, subject, occurrence, recipient: to };
    const isTold = await rows.get(deliveryId(store.partnership, name));
    await updateWithRetry(rows, notice.id, (row) => {
      if (!isWaiting(row)) return undefined;
      return isTold ? { ...row, ...told } : { ...row, recipient: to };
    });
  });
}

const isWaiting = ({ kind, state }: Delivery): boolean => kind === 'notice' && state === 'prepared';

const told = {
  state: 'withdrawn',
  reason: 'It was told once already: the two are one.',
  nextRunAt: null,
  claim: null,
} as const;

async function each<T>(rows: readonly T[], step: (row: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += TOGETHER) {
    await Promise.all(rows.slice(start, start + TOGETHER).map(step));
  }
}

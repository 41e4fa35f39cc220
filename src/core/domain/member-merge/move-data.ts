import { collect, inBatches } from '../../async/collect.ts';
import { type Store, updateWithRetry } from '../../ports/store.ts';
import { type Delivery, deliveries, deliveryId } from '../deliveries/delivery.ts';
import { type Followup, followups } from '../followups/followup.ts';
import { members } from '../members/member.ts';
import { type Partner, partners } from '../partners/partner.ts';

/** How many rows are moved at once. */
const BATCH_SIZE = 50;

/** Two members that were merged. */
export interface MergedMembers {
  from: string;
  to: string;
}

/**
 * Moves a merged member's open follow-ups, requests, partners and unsent notices to the member they were merged into.
 * Each step can be repeated.
 * @returns how much was moved. `isWhole`: false if something has to be moved later, because it is being sent now.
 */
export async function moveData(
  pair: MergedMembers,
  store: Store,
): Promise<{ moved: MovedCounts; isWhole: boolean }> {
  const open = await openOf(pair.from, store);
  const movable = open.filter(({ sending }) => sending === null);
  await runInBatches(movable, ({ id }) => moveFollowup(id, pair, store));
  const led = await moveLead(pair, store);
  await moveKeeper(pair, store);
  await moveNotices(pair, store);
  const mine = movable.filter(({ who }) => who === pair.from).length;
  return { moved: { followups: mine, partners: led }, isWhole: movable.length === open.length };
}

/** How many things of each sort were moved. */
export interface MovedCounts {
  followups: number;
  partners: number;
}

async function openOf(from: string, store: Store): Promise<Followup[]> {
  const rows = store.of(followups);
  const open = { state: 'open' } as const;
  const own = await collect(rows.all({ index: 'byWho', where: { ...open, who: from } }));
  const asked = await collect(rows.all({ index: 'byAsked', where: { ...open, asked: from } }));
  return [...own, ...asked.filter(({ who }) => who !== from)];
}

async function moveFollowup(id: string, pair: MergedMembers, store: Store): Promise<void> {
  await updateWithRetry(store.of(followups), id, (row) =>
    row.sending === null
      ? withMembersReplaced(row, (member) => currentIdOf(member, pair))
      : undefined,
  );
}

const currentIdOf = (member: string, { from, to }: MergedMembers): string =>
  member === from ? to : member;

/**
 * The follow-up with each member id replaced by `now(id)`. A request from somebody to themselves ends.
 * @returns undefined if nothing changes.
 */
export function withMembersReplaced(
  row: Followup,
  now: (member: string) => string,
): Followup | undefined {
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

async function moveLead({ from, to }: MergedMembers, store: Store): Promise<number> {
  const rows = store.of(partners);
  const led: Partner[] = [];
  for (const archived of [false, true]) {
    const where = { archived, lead: from };
    led.push(...(await collect(rows.all({ index: 'byLead', where }))));
  }
  const asked = await collect(rows.all({ index: 'byLeadAsked', where: { leadAsked: from } }));
  const asking = await collect(rows.all({ index: 'byLeadAsker', where: { leadAskedBy: from } }));
  await runInBatches([...new Set([...led, ...asked, ...asking].map(({ id }) => id))], (id) =>
    updateWithRetry(rows, id, (row) => withLeadReplaced(row, { from, to })),
  );
  return led.filter(({ archived }) => !archived).length;
}

/** The partner with a merged member replaced. A request from somebody to themselves, or to the lead, ends. */
function withLeadReplaced(row: Partner, pair: MergedMembers): Partner | undefined {
  const { leadAsked = null, leadAskedBy = null } = row;
  if (![row.lead, leadAsked, leadAskedBy].includes(pair.from)) return undefined;
  const now = (member: string | null) => (member === null ? null : currentIdOf(member, pair));
  const [lead, asked, askedBy] = [now(row.lead), now(leadAsked), now(leadAskedBy)];
  const isOver = asked === lead || asked === askedBy;
  const request = isOver
    ? { leadAsked: null, leadAskedBy: null }
    : { leadAsked: asked, leadAskedBy: askedBy };
  return { ...row, lead, ...request };
}

/** Those with whom the merged member kept in touch are the other's now. */
async function moveKeeper({ from, to }: MergedMembers, store: Store): Promise<void> {
  const rows = store.of(members);
  const everybody = await collect(rows.all({ index: 'byName' }));
  const kept = everybody.filter(({ keeper = null }) => keeper === from);
  await runInBatches(kept, ({ id }) =>
    updateWithRetry(rows, id, (row) => (row.keeper === from ? { ...row, keeper: to } : undefined)),
  );
}

/** Moves notices that were not sent yet. A notice that the other member also has is withdrawn, so it comes once. */
async function moveNotices({ from, to }: MergedMembers, store: Store): Promise<void> {
  const rows = store.of(deliveries);
  const waiting: Delivery[] = [];
  for await (const row of rows.all({ index: 'byRecipient', where: { recipient: from } }))
    if (isWaiting(row)) waiting.push(row);
  await runInBatches(waiting, async (notice) => {
    const { kind, subject, occurrence } = notice;
    const name = { kind, subject, occurrence, recipient: to };
    const isDuplicate = await rows.get(deliveryId(store.partnership, name));
    await updateWithRetry(rows, notice.id, (row) => {
      if (!isWaiting(row)) return undefined;
      return isDuplicate ? { ...row, ...withdrawnAsDuplicate } : { ...row, recipient: to };
    });
  });
}

const isWaiting = ({ kind, state }: Delivery): boolean => kind === 'notice' && state === 'prepared';

const withdrawnAsDuplicate = {
  state: 'withdrawn',
  reason: 'The same message was already on its way to their other account.',
  nextRunAt: null,
  claim: null,
} as const;

async function runInBatches<T>(
  rows: readonly T[],
  step: (row: T) => Promise<unknown>,
): Promise<void> {
  for await (const batch of inBatches(rows, BATCH_SIZE)) await Promise.all(batch.map(step));
}

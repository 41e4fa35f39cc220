import { readItemName } from '../../domain/briefs/brief-items.ts';
import { type Delivery, deliveries, recentDeliveries } from '../../domain/deliveries/delivery.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { getAll, type Store } from '../../ports/store.ts';

/** How many messages are shown. */
const MAX_MESSAGES_SHOWN = 5;
/** How many of a member's last messages are searched for briefs that mentioned something. */
const MAX_BRIEFS_SEARCHED = 40;

/** The last messages to a member, the newest first. */
export function lastMessagesTo(member: string, store: Store): Promise<Delivery[]> {
  return recentDeliveries(member, store, MAX_MESSAGES_SHOWN);
}

/** The last messages about one row, the newest first. */
export async function lastMessagesAbout(subject: string, store: Store): Promise<Delivery[]> {
  const query = { index: 'bySubject', where: { subject }, descending: true } as const;
  return (await store.of(deliveries).find(query, MAX_MESSAGES_SHOWN)).rows;
}

/** The last messages about a follow-up, with the owner's briefs that mentioned it, the newest first. */
export async function historyOf(row: Followup, store: Store): Promise<Delivery[]> {
  const [own, briefs] = await Promise.all([
    lastMessagesAbout(row.id, store),
    briefsOf(row.who === null ? [] : [row.who], row.id, store),
  ]);
  return latest([...own, ...briefs]);
}

/** The last briefs that mentioned a quiet partner, the newest first. */
export async function historyOfQuiet(
  { id }: Pick<Partner, 'id'>,
  readers: readonly string[],
  store: Store,
): Promise<Delivery[]> {
  return latest(await briefsOf(readers, id, store));
}

/** The recent briefs to some members that mentioned a row. */
async function briefsOf(
  recipients: readonly string[],
  id: string,
  store: Store,
): Promise<Delivery[]> {
  const each = recipients.map((recipient) =>
    recentDeliveries(recipient, store, MAX_BRIEFS_SEARCHED),
  );
  return (await Promise.all(each))
    .flat()
    .filter(({ kind, items }) => kind === 'brief' && items.some((item) => isAbout(item, id)));
}

/** Whether a brief has shown a row, and not only counted it. */
function isAbout(item: string, id: string): boolean {
  const named = itemIn(item);
  return named.id === id && !named.onlyCounted;
}

function latest(rows: readonly Delivery[]): Delivery[] {
  return rows
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .slice(0, MAX_MESSAGES_SHOWN);
}

/** An item of a brief. */
export type Item = { kind: 'followup'; row: Followup } | { kind: 'quiet'; row: Partner };

/** The items of a message as they are now, without the ones whose row is gone. Two reads, however many there are. */
export async function itemsOf(items: readonly string[], store: Store): Promise<Item[]> {
  const named = items.map(itemIn);
  const [promises, quiet] = await Promise.all([
    getAll(store.of(followups), idsOf(named, 'followup')),
    getAll(store.of(partners), idsOf(named, 'quiet')),
  ]);
  const promiseById = new Map(promises.map((row) => [row.id, row]));
  const partnerById = new Map(quiet.map((row) => [row.id, row]));
  return named.flatMap(({ kind, id }): Item[] => {
    if (kind === 'quiet') {
      const row = partnerById.get(id);
      return row ? [{ kind, row }] : [];
    }
    const row = promiseById.get(id);
    return row ? [{ kind, row }] : [];
  });
}

type Named = ReturnType<typeof itemIn>;

const idsOf = (named: readonly Named[], kind: Named['kind']): string[] =>
  named.filter((item) => item.kind === kind).map(({ id }) => id);

/**
 * Reads the name of an item: `followup:<id>:<day>`, `ask:<id>`, `escalated:<id>:<day>`, `warned:<id>:<day>:<day>`,
 * `chase:<id>:<day>` or `quiet:<id>:<day>`; a reminder has the id alone. What somebody was given has `assigned:<id>`.
 * Briefs and such messages also have `notice:<id of the notice>`, and briefs `rarer:<rhythm>`; these lead to no follow-up
 * and no partner.
 */
function itemIn(item: string): { kind: 'followup' | 'quiet'; id: string; onlyCounted: boolean } {
  const { parts, onlyCounted } = readItemName(item);
  const [kind = '', id = kind] = parts;
  return { kind: kind === 'quiet' ? 'quiet' : 'followup', id, onlyCounted };
}

import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { recentDeliveries } from '../../domain/deliveries/recent-deliveries.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';

/** How many of somebody's last messages are shown, or of those about one thing. */
const SHOWN = 5;
/** How many of the owner's last messages are looked through for briefs that told of a follow-up. */
const MOST_BRIEFS = 40;

/** The last messages owed to a member, the newest first. */
export function lastOwedTo(member: string, store: Store): Promise<Delivery[]> {
  return recentDeliveries(member, store, SHOWN);
}

/** The last messages that came of one due row, the newest first. */
export function lastAbout(subject: string, store: Store): Promise<Delivery[]> {
  return store
    .of(deliveries)
    .find({ index: 'bySubject', where: { subject }, descending: true, limit: SHOWN });
}

/** The last messages about a follow-up, the newest first: its own, and the owner's briefs that told of it. */
export async function historyOf(row: Followup, store: Store): Promise<Delivery[]> {
  const [own, told] = await Promise.all([
    lastAbout(row.id, store),
    briefsOf(row.who === null ? [] : [row.who], row.id, store),
  ]);
  return latest([...own, ...told]);
}

/** The last briefs that told that a partner has gone quiet, the newest first. */
export async function historyOfQuiet(
  { id }: Pick<Partner, 'id'>,
  readers: readonly string[],
  store: Store,
): Promise<Delivery[]> {
  return latest(await briefsOf(readers, id, store));
}

/** Briefs to some members, of their last messages, that told of one thing. */
async function briefsOf(
  recipients: readonly string[],
  id: string,
  store: Store,
): Promise<Delivery[]> {
  const each = recipients.map((recipient) => recentDeliveries(recipient, store, MOST_BRIEFS));
  return (await Promise.all(each))
    .flat()
    .filter(({ kind, items }) => kind === 'brief' && items.some((item) => itemIn(item).id === id));
}

function latest(rows: readonly Delivery[]): Delivery[] {
  return rows.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, SHOWN);
}

/** One thing a brief told of. */
export type Item = { sort: 'followup'; row: Followup } | { sort: 'quiet'; row: Partner };

/** What a message told of, as it now stands; what is gone is left out. Two reads, however many there are. */
export async function itemsOf(items: readonly string[], store: Store): Promise<Item[]> {
  const named = items.map(itemIn);
  const [promises, quiet] = await Promise.all([
    store.of(followups).find({ index: 'byId', where: { id: idsOf(named, 'followup') } }),
    store.of(partners).find({ index: 'byId', where: { id: idsOf(named, 'quiet') } }),
  ]);
  return named.flatMap(({ sort, id }): Item[] => {
    if (sort === 'quiet') {
      const row = quiet.find((partner) => partner.id === id);
      return row ? [{ sort, row }] : [];
    }
    const row = promises.find((promise) => promise.id === id);
    return row ? [{ sort, row }] : [];
  });
}

type Named = ReturnType<typeof itemIn>;

const idsOf = (named: readonly Named[], sort: Named['sort']): string[] =>
  named.filter((item) => item.sort === sort).map(({ id }) => id);

/** `followup:<id>:<day>`, `ask:<id>` and `quiet:<id>:<day>`, as briefs name them; a reminder names the id alone. */
function itemIn(item: string): { sort: 'followup' | 'quiet'; id: string } {
  const [sort = '', id = sort] = item.split(':');
  return { sort: sort === 'quiet' ? 'quiet' : 'followup', id };
}

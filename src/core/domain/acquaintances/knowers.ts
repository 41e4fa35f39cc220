import { collect } from '../../async/collect.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import type { Store } from '../../ports/store.ts';
import { contacts } from '../contacts/contact.ts';
import { type Directory, idsOfPartner } from '../directory/directory.ts';
import type { Member } from '../members/member.ts';
import { acquaintances } from './acquaintance.ts';

/** A member who knows a partner. */
export interface Knower {
  member: Member;
  /** Their last two-way contact, or the day on which they said that they know them. */
  day: Day;
  /** False: they only said so. */
  hasSpoken: boolean;
}

/** Who of us knows a partner. Each list has the latest first. */
export interface Knowers {
  /** Active members who had a two-way contact in the last year, or said in that time that they know them. */
  known: readonly Knower[];
  /** Everybody else who once had a two-way contact, also those who have left. */
  former: readonly Knower[];
}

/** The first day of the year that counts. Who was in touch before it no longer knows a partner. */
export const knownSince = (today: Day): Day => addToDay(today, { years: -1 });

/**
 * Reads who knows a partner. It takes one read of an index for each member who was ever in touch, however many contacts
 * there are, so it is right also after contacts were corrected, removed, undone or moved.
 */
export async function readKnowers(
  partner: string,
  today: Day,
  { store, directory }: { store: Store; directory: Directory },
): Promise<Knowers> {
  const since = knownSince(today);
  const where = { partner: idsOfPartner(partner, directory) };
  const [spoke, said] = await Promise.all([
    lastContacts(partner, store),
    collect(
      store
        .of(acquaintances)
        .all({ index: 'byPartner', where, range: { field: 'saidOn', from: since } }),
    ),
  ]);
  const spokeOn = latestByMember(
    spoke.map(({ by, day }) => ({ id: by, day })),
    directory,
  );
  const saidOn = latestByMember(
    said.map(({ member, saidOn: day }) => ({ id: member, day })),
    directory,
  );
  const all = [...new Set([...spokeOn.keys(), ...saidOn.keys()])].map((member): Knower => {
    const [met, named] = [spokeOn.get(member), saidOn.get(member)];
    return met !== undefined && (met >= since || named === undefined)
      ? { member, day: met, hasSpoken: true }
      : { member, day: named ?? since, hasSpoken: false };
  });
  const sorted = all.toSorted(
    (a, b) => b.day.localeCompare(a.day) || a.member.id.localeCompare(b.member.id),
  );
  const knows = ({ member, day }: Knower) => member.active && day >= since;
  return { known: sorted.filter(knows), former: sorted.filter((one) => !knows(one)) };
}

/** The latest day of each member, by what they are now: somebody who was merged is that member. */
function latestByMember(days: readonly { id: string; day: Day }[], directory: Directory) {
  const latest = new Map<Member, Day>();
  for (const { id, day } of days) {
    const member = directory.member(id);
    if (member && (latest.get(member) ?? '') < day) latest.set(member, day);
  }
  return latest;
}

/** The last two-way contact of each member with a partner. */
async function lastContacts(partner: string, store: Store): Promise<{ by: string; day: Day }[]> {
  const rows = store.of(contacts);
  const found: { by: string; day: Day }[] = [];
  const query = { index: 'byKnower', where: { partner, twoWay: true }, descending: true } as const;
  for (;;) {
    const before = found.at(-1)?.by;
    const range = before === undefined ? {} : { range: { field: 'by', before } as const };
    const [last] = (await rows.find({ ...query, ...range }, 1)).rows;
    if (!last) return found;
    found.push({ by: last.by, day: last.day });
  }
}

/** How narrow the ground is: one member alone knows a partner, or several who are all paid workers. */
export type Reach = 'one' | 'workers';

/** @returns null if nobody knows them, or several do and not all of them are workers. */
export function reachOf(known: readonly Pick<Knower, 'member'>[]): Reach | null {
  if (known.length === 1) return 'one';
  return known.length > 1 && known.every(({ member }) => member.role === 'worker')
    ? 'workers'
    : null;
}

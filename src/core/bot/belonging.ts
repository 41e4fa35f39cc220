import { type IdentityRow, identities, isSameIdentity } from '../domain/identities/identity.ts';
import { members } from '../domain/members/member.ts';
import { partnerships } from '../domain/partnerships/partnership.ts';
import type { Identity } from '../message/invocation.ts';
import type { Stores } from '../ports/store.ts';

/** The most identities of one person that are looked through. */
const MOST = 50;

/** A partnership somebody is a member of, and who they are there. */
export interface Belonging {
  partnership: string;
  /** The partnership's. */
  name: string;
  identity: Identity;
}

/**
 * The partnerships a person of a platform is a member of, each once, by name: for direct messages, which do not say
 * which one is meant. Of several workspaces in one partnership, the one they spoke in last.
 */
export async function partnershipsOf(
  stores: Stores,
  { platform, user }: Pick<Identity, 'platform' | 'user'>,
): Promise<Belonging[]> {
  const where = { platform, user };
  const rows = await stores.global(identities).find({ index: 'byUser', where, limit: MOST });
  const found = await Promise.all(rows.map((row) => belongingOf(row, stores)));
  const known = found.flatMap((one) => one ?? []);
  const each = new Map(known.map((one) => [one.partnership, one]));
  for (const one of known) if (one.isLast) each.set(one.partnership, one);
  return [...each.values()]
    .map(({ isLast: _, ...belonging }) => belonging)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** @returns undefined where they are no member (any more). */
async function belongingOf(
  { platform, workspace, user, partnership, member }: IdentityRow,
  stores: Stores,
): Promise<(Belonging & { isLast: boolean }) | undefined> {
  const store = stores.forPartnership(partnership);
  const [tenant, row] = await Promise.all([
    store.of(partnerships).get(partnership),
    store.of(members).get(member),
  ]);
  const identity = { platform, workspace, user };
  const isTheirs = row?.active && row.identities.some((own) => isSameIdentity(own, identity));
  if (!tenant || !isTheirs) return undefined;
  const isLast = isSameIdentity(row.spoke ?? row.identities[0], identity);
  return { partnership, name: tenant.name, identity, isLast };
}

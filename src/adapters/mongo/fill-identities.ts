import type { mongo } from 'mongoose';
import {
  type IdentityRow,
  identities,
  identityRow,
} from '../../core/domain/identities/identity.ts';
import { type Member, members } from '../../core/domain/members/member.ts';
import { openCollection } from './collection.ts';
import { pagesOf } from './pages.ts';
import { decodeRow } from './row-codec.ts';
import type { Stored } from './shape.ts';
import type { Bound } from './stores.ts';

/** Members whose identities are written at once. */
const TOGETHER = 500;

/**
 * Notes whose each identity is, for members of before that was kept in a collection. Those noted already stay: it
 * may be done again.
 * @param keep says that it is still under way.
 */
export async function fillIdentities(
  bound: Iterable<Bound>,
  keep: () => Promise<void>,
): Promise<void> {
  const named = new Map(Array.from(bound, (one) => [one.shape.name, one]));
  const from = named.get(members.name);
  const to = named.get(identities.name);
  if (!from || !to) return;
  const rows = openCollection<IdentityRow, never>(to.shape, to.model, undefined);
  // The members of all partnerships: past the guard that keeps each query to one.
  const native = from.model.collection as unknown as mongo.Collection<Stored>;
  const all = { cursor: (options: { batchSize: number }) => native.find({}, options) };
  for await (const page of pagesOf(all as unknown as Parameters<typeof pagesOf>[0], TOGETHER)) {
    const known = page.flatMap((stored) => {
      const member = decodeRow(from.shape, stored) as unknown as Member;
      const whose = { partnership: stored.partnership ?? '', member: member.id };
      return member.identities.map((identity) => identityRow(identity, whose));
    });
    await rows.insertAll(known);
    await keep();
  }
}

import { quoteShort } from '../../base/text.ts';
import { profileZone } from '../../domain/joining/profile.ts';
import {
  newPartnership,
  type Partnership,
  partnerships,
} from '../../domain/partnerships/partnership.ts';
import { MAX_PARTNERSHIP_NAME_LENGTH } from '../../domain/partnerships/rules.ts';
import { newRetentionSchedule, retentionSchedules } from '../../domain/retention/schedule.ts';
import { workspaceAt } from '../../domain/workspaces/workspace.ts';
import type { Invocation } from '../../message/invocation.ts';
import type { Stores } from '../../ports/store.ts';

/**
 * Creates the partnership of a workspace at the first command of one of its owners. Two first commands at once create
 * one partnership.
 * @returns undefined if the actor is not an owner of the workspace.
 */
export async function createPartnership(
  { actor, partnership, profiles }: Invocation,
  { stores, now }: { stores: Stores; now: Date },
): Promise<Partnership | undefined> {
  const profile = profiles?.[actor.user];
  if (profile?.standing !== 'owner') return undefined;
  const workspace = await workspaceAt(stores, actor);
  if (workspace?.partnership !== partnership) return undefined;
  const rows = stores.forPartnership(partnership).of(partnerships);
  const name = quoteShort(workspace.name, MAX_PARTNERSHIP_NAME_LENGTH) || 'Our partnership';
  const zone = profileZone(profile) ?? 'Europe/London';
  const row = newPartnership({ id: partnership, name, zone }, now);
  const schedule = newRetentionSchedule(row, now);
  const created = await stores.commit([
    { partnership, declaration: retentionSchedules, insert: schedule },
    { partnership, declaration: partnerships, insert: row },
  ]);
  if (created === undefined) return { ...row, version: 1 };
  return rows.get(partnership);
}

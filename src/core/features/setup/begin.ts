import { cut } from '../../base/cut.ts';
import { zoneKnown } from '../../domain/membership/profile.ts';
import { newPartnership } from '../../domain/partnerships/new-partnership.ts';
import { type Partnership, partnerships } from '../../domain/partnerships/partnership.ts';
import { LONGEST_NAME } from '../../domain/partnerships/rules.ts';
import { workspaceAt } from '../../domain/workspaces/workspace.ts';
import type { Invocation } from '../../message/invocation.ts';
import { insertOnce, type Stores } from '../../ports/store.ts';

/**
 * Makes the partnership of a workspace at the first command of one of its owners, with what is usual in England.
 * Racing first commands make one.
 * @returns undefined where the speaker is no owner there: then nothing begins.
 */
export async function begin(
  { actor, partnership, profiles }: Invocation,
  { stores, now }: { stores: Stores; now: Date },
): Promise<Partnership | undefined> {
  const profile = profiles?.[actor.user];
  if (profile?.standing !== 'owner') return undefined;
  const workspace = await workspaceAt(stores, actor);
  if (workspace?.partnership !== partnership) return undefined;
  const rows = stores.forPartnership(partnership).of(partnerships);
  const name = cut(workspace.name, LONGEST_NAME) || 'Our partnership';
  const zone = zoneKnown(profile) ?? 'Europe/London';
  return insertOnce(rows, newPartnership({ id: partnership, name, zone }, now));
}

import type { Invocation } from '../../invocation.ts';
import { cut } from '../../reading/cut.ts';
import { insertOnce, type New, type Stores } from '../../store.ts';
import { zoneKnown } from '../members/profile.ts';
import { LONGEST_NAME } from '../settings/rules.ts';
import { type Partnership, partnerships } from '../settings/store.ts';
import { type Workspace, workspaceAt } from '../workspaces/store.ts';

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
  return insertOnce(rows, partnershipOf(workspace, zoneKnown(profile), now));
}

function partnershipOf(
  { partnership, name }: Workspace,
  zone: string | null,
  now: Date,
): New<Partnership> {
  return {
    id: partnership,
    name: cut(name, LONGEST_NAME) || 'Our partnership',
    zone: zone ?? 'Europe/London',
    workingDays: [1, 2, 3, 4, 5],
    calendar: 'england-and-wales',
    quietHours: null,
    weeklyCap: null,
    every: 'P8W',
    everyRules: [],
    // Another than that of any that stood here before: names held in memory must not pass for these.
    namesVersion: now.getTime(),
    setUpAt: null,
    setUpOffer: '',
  };
}

import { collections } from '../../../src/core/domain/collections.ts';
import { registerWorkspace } from '../../../src/core/domain/workspaces/workspace.ts';
import type { Row, Stores } from '../../../src/core/ports/store.ts';
import { homeKey } from '../../doubles/slack/world.ts';
import type { SlackHarness, Team, User } from './harness.ts';

/** One of several workspaces, with something that only its own users may see. */
export interface TenantWorkspace {
  team: Team;
  /** Its owner first. */
  users: readonly [User, User];
  partnership: string;
  /** A word in everything that was noted there at the start. */
  secret: string;
}

/** Adds a workspace that installs Convenor and notes things, each with its secret. */
export async function installTenant(
  harness: SlackHarness,
  secret: string,
): Promise<TenantWorkspace> {
  const { double, stores, url } = harness;
  const team = double.addTeam(`Home of ${secret}`);
  const owner = double.addUser(team, { name: `Olu ${secret}`, owner: true });
  const other = double.addUser(team, { name: `Sam ${secret}` });
  await double.install(owner, `${url}/slack/install`);
  const { partnership } = await registerWorkspace(stores, {
    platform: 'slack',
    workspace: team.id,
    name: team.name,
  });
  for (const [who, line] of [
    [owner, `partner add "Harbour Council ${secret}" every:"1 week" lead:<@${other.id}>`],
    [other, `log harbour met Jane about the ${secret} when:2026-01-05`],
    [other, `followup add "ask about the ${secret}" with:harbour by:tomorrow`],
    [owner, `followup add "see to the ${secret}" by:friday who:<@${other.id}>`],
  ] as const) {
    await (await double.as(who).slash('/convenor', line)).reply();
  }
  return { team, users: [owner, other], partnership, secret };
}

/** Everything that the users of a workspace see now, as text. */
export function visibleTo(
  { double: { world } }: SlackHarness,
  { team, users }: TenantWorkspace,
): string {
  const channels = [...world.channels.values()].filter((channel) => channel.team === team.id);
  return JSON.stringify([
    channels.map(({ id }) => world.messages.get(id)),
    users.map(({ id }) => [world.modals.get(id), world.homes.get(homeKey(team.id, id))]),
  ]);
}

/** All stored rows of a partnership, as text. */
export async function storedRows(stores: Stores, partnership: string): Promise<string> {
  const own = stores.forPartnership(partnership);
  const rows: Row[] = [];
  for (const declaration of collections) {
    const isGlobal = declaration.scope === 'global';
    const all = isGlobal ? stores.global(declaration) : own.of(declaration);
    for await (const row of all.all({ index: 'byId' }))
      if (!isGlobal || isOf(row, partnership)) rows.push(row);
  }
  return JSON.stringify(rows);
}

const isOf = (row: Row, partnership: string) =>
  'partnership' in row && row.partnership === partnership;

import { collections } from '../../../src/core/domain/collections.ts';
import { openWorkspace } from '../../../src/core/domain/workspaces/open.ts';
import { genericDeclaration, type Row, type Stores } from '../../../src/core/ports/store.ts';
import { homeKey } from '../../doubles/slack/world.ts';
import type { Stage, Team, User } from './harness.ts';

/** One of several workspaces on a stage, and what only its own people may ever see. */
export interface Side {
  team: Team;
  /** Its owner first. */
  people: readonly [User, User];
  partnership: string;
  /** A word that stands in everything that was noted there to begin with. */
  secret: string;
}

/** A workspace that installs Convenor and has things noted, each with its secret. */
export async function openSide(stage: Stage, secret: string): Promise<Side> {
  const { double, stores, url } = stage;
  const team = double.addTeam(`Home of ${secret}`);
  const owner = double.addUser(team, { name: `Olu ${secret}`, owner: true });
  const other = double.addUser(team, { name: `Sam ${secret}` });
  await double.install(owner, `${url}/slack/install`);
  const { partnership } = await openWorkspace(stores, {
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
  return { team, people: [owner, other], partnership, secret };
}

/** All that the people of a workspace see at this moment, as text. */
export function seenBy({ double: { world } }: Stage, { team, people }: Side): string {
  const channels = [...world.channels.values()].filter((channel) => channel.team === team.id);
  return JSON.stringify([
    channels.map(({ id }) => world.messages.get(id)),
    people.map(({ id }) => [world.modals.get(id), world.homes.get(homeKey(team.id, id))]),
  ]);
}

/** All that is kept of a partnership, as text. */
export async function keptOf(stores: Stores, partnership: string): Promise<string> {
  const own = stores.forPartnership(partnership);
  const rows: Row[] = [];
  for (const declaration of collections.map(genericDeclaration)) {
    const isGlobal = declaration.scope === 'global';
    const all = isGlobal ? stores.global(declaration) : own.of(declaration);
    for await (const page of all.pages({ index: 'byId' })) {
      rows.push(...page.filter((row) => !isGlobal || isOf(row, partnership)));
    }
  }
  return JSON.stringify(rows);
}

const isOf = (row: Row, partnership: string) =>
  'partnership' in row && row.partnership === partnership;

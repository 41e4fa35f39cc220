import { type Clients, clientOptions, clientsOfOne } from '../../../src/adapters/slack/clients.ts';
import { createDelivery, type Delivery } from '../../../src/adapters/slack/deliver.ts';
import type { Address } from '../../../src/core/address.ts';
import { members } from '../../../src/core/features/members/store.ts';
import { workspaceId, workspaces } from '../../../src/core/features/workspaces/store.ts';
import type { Identity } from '../../../src/core/invocation.ts';
import { directoriesOver, namesChanged } from '../../../src/core/names/directories.ts';
import type { Answer } from '../../../src/core/ports.ts';
import { insertOnce, revise } from '../../../src/core/store.ts';
import { type SlackDouble, startSlack } from '../../doubles/slack/slack.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { memberId, newTalk, START, type Talk, type Who } from '../../fixtures/bot.ts';

type Team = ReturnType<SlackDouble['addTeam']>;
type User = ReturnType<SlackDouble['addUser']>;

/** A partnership of three that is at home in a Slack workspace, and what Convenor delivers there with. */
export interface Scene {
  slack: SlackDouble;
  talk: Talk;
  team: Team;
  users: Record<Who, User>;
  clients: Clients;
  delivery: Delivery;
  to(who: Who): Address;
  toChannel(channel: string): Address;
  /** A member types a line, in their direct messages. */
  say(who: Who, line: string): Promise<Answer>;
  /** What a member has read from Convenor, the oldest first. */
  inbox(who: Who): string[];
  /** How often the app has called a method. */
  calls(method: string): number;
}

let keys = 0;

/** A new one, with a Slack of its own that tells the time of the partnership's clock. */
export async function newScene(): Promise<Scene> {
  const slack = await startSlack();
  atEnd(() => slack.close());
  slack.world.pass(Date.parse(START) - Date.now());
  const talk = await newTalk();
  const team = slack.addTeam('Riverside');
  const { token } = slack.installIn(team);
  const users = {
    maya: slack.addUser(team, { name: 'maya' }),
    tom: slack.addUser(team, { name: 'tom' }),
    grace: slack.addUser(team, { name: 'grace' }),
  };
  const identityOf = (who: Who): Identity => ({
    platform: 'slack',
    workspace: team.id,
    user: users[who].id,
  });
  for (const who of ['maya', 'tom', 'grace'] as const) {
    await revise(talk.store.of(members), memberId(talk.id, who), (row) => ({
      ...row,
      identities: [identityOf(who), ...row.identities],
    }));
  }
  await namesChanged(talk.store);
  const at = { platform: 'slack', workspace: team.id };
  // Each double counts its teams from one: the latest has the workspace.
  const rows = talk.stores.global(workspaces);
  const facts = { name: 'Riverside', partnership: talk.id, admits: null };
  await insertOnce(rows, { id: workspaceId(at), ...at, ...facts });
  await revise(rows, workspaceId(at), (row) => ({ ...row, partnership: talk.id }));

  const clients = clientsOfOne(token, clientOptions(slack.apiUrl));
  const { stores, clock } = talk;
  const delivery = createDelivery({ clients, directories: directoriesOver(stores), stores, clock });
  return {
    slack,
    talk,
    team,
    users,
    clients,
    delivery,
    to: (who) => ({ to: 'user', identity: identityOf(who) }),
    toChannel: (channel) => ({ to: 'channel', channel: { ...at, channel } }),
    say: (who, line) =>
      talk.bot.handle({
        ...talk.bot.read(line),
        actor: identityOf(who),
        place: { ...at, channel: slack.directOf(users[who]).id, direct: true },
        partnership: talk.id,
        key: `slack-${++keys}`,
      }),
    inbox: (who) => slack.sees(users[who], slack.directOf(users[who])).map(({ text }) => text),
    calls: (method) => slack.calls.filter((call) => call.method === method).length,
  };
}

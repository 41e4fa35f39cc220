import type { MessageSender } from '../../../src/adapters/shared/send-message.ts';
import { createChannelMembers } from '../../../src/adapters/slack/channel-members.ts';
import {
  type Clients,
  clientOptions,
  clientsForOneToken,
} from '../../../src/adapters/slack/connection/clients.ts';
import { createMessageSender } from '../../../src/adapters/slack/delivery/message-sender.ts';
import { createPostingProblem } from '../../../src/adapters/slack/delivery/posting-problem.ts';
import { createProfileOf } from '../../../src/adapters/slack/profile-of.ts';
import { createUsers } from '../../../src/adapters/slack/users.ts';
import { directoriesOf } from '../../../src/core/domain/directory/directory.ts';
import type { Profile } from '../../../src/core/message/invocation.ts';
import type { Adapter, Answer } from '../../../src/core/ports/platform.ts';
import { type SlackDouble, startSlack } from '../../doubles/slack/slack.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { newTalk, START, type Who } from '../../fixtures/bot.ts';
import { connectWorkspace, everybody, forEverybody, type TestBot } from '../test-bot.ts';

type Team = ReturnType<SlackDouble['addTeam']>;
type User = ReturnType<SlackDouble['addUser']>;

/** A partnership of three members in a Slack workspace, and Convenor's delivery to it. */
export interface SlackTestBot extends TestBot {
  double: SlackDouble;
  team: Team;
  users: Record<Who, User>;
  clients: Clients;
  convenor: MessageSender & Pick<Adapter, 'profileOf' | 'postingProblem'>;
  /** A member types a line in their direct channel. */
  say(who: Who, line: string): Promise<Answer>;
  /** The texts in a member's direct channel, oldest first. */
  inbox(who: Who): string[];
}

const names: Record<Who, string> = { maya: 'Maya', tom: 'Tom', grace: 'Grace' };

let keys = 0;

/** Makes one with a Slack double of its own, whose time is that of the partnership's clock. */
export async function newTestBot(): Promise<SlackTestBot> {
  const double = await startSlack();
  atEnd(() => double.close());
  double.world.pass(Date.parse(START) - Date.now());
  const talk = await newTalk();
  const team = double.addTeam('Riverside');
  const { token } = double.installIn(team);
  const users = forEverybody((who) => double.addUser(team, { name: names[who] }));
  const at = { platform: 'slack', workspace: team.id };
  const { identityOf, to, toChannel } = await connectWorkspace(talk, at, users);

  const clients = clientsForOneToken(token, clientOptions(double.apiUrl));
  const { stores, clock } = talk;
  const deps = { clients, directories: directoriesOf(stores), stores, clock };
  const profileOf = createProfileOf({
    ...deps,
    users: createUsers(deps),
    channelMembers: createChannelMembers(deps),
    installerOf: async () => undefined,
    log: { warn: () => {} },
  });
  const postingProblem = createPostingProblem(deps.clients);
  const convenor = { ...createMessageSender(deps), profileOf, postingProblem };
  async function profiles(): Promise<Record<string, Profile>> {
    const known = everybody.map(
      async (who): Promise<[string, Profile | undefined]> => [
        users[who].id,
        await profileOf(identityOf(who)),
      ],
    );
    const found = await Promise.all(known);
    return Object.fromEntries(found.flatMap(([id, profile]) => (profile ? [[id, profile]] : [])));
  }
  return {
    ...{ double, talk, team, users, clients, convenor, to, toChannel },
    say: async (who, line) =>
      talk.bot.handle({
        ...talk.bot.parseLine(line),
        actor: identityOf(who),
        place: { ...at, channel: double.directOf(users[who]).id, direct: true },
        partnership: talk.id,
        profiles: await profiles(),
        key: `slack-${++keys}`,
      }),
    inbox: (who) => double.sees(users[who], double.directOf(users[who])).map(({ text }) => text),
    calls: (method) => double.calls.filter((call) => call.method === method).length,
  };
}

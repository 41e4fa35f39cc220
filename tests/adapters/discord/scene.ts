import { discord } from '../../../src/adapters/discord/adapter.ts';
import type { Address } from '../../../src/core/address.ts';
import { allCommands } from '../../../src/core/commands.ts';
import { noteIdentity } from '../../../src/core/features/identities/store.ts';
import { members } from '../../../src/core/features/members/store.ts';
import { workspaceId, workspaces } from '../../../src/core/features/workspaces/store.ts';
import type { Identity } from '../../../src/core/invocation.ts';
import type { LogFields } from '../../../src/core/log.ts';
import { directoriesOver, namesChanged } from '../../../src/core/names/directories.ts';
import type { Adapter } from '../../../src/core/ports.ts';
import { insertOnce, revise } from '../../../src/core/store.ts';
import { type DiscordDouble, startDiscord } from '../../doubles/discord/discord.ts';
import type { SeenMessage } from '../../doubles/discord/sight.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { memberId, newTalk, START, type Talk, type Who } from '../../fixtures/bot.ts';

type Guild = ReturnType<DiscordDouble['addGuild']>;
type User = ReturnType<DiscordDouble['addUser']>;

/** A partnership of three that is at home on a Discord server, and a Convenor that is not started. */
export interface Scene {
  double: DiscordDouble;
  talk: Talk;
  guild: Guild;
  users: Record<Who, User>;
  convenor: Adapter;
  /** What the log warned of. */
  warnings: LogFields[];
  to(who: Who): Extract<Address, { to: 'user' }>;
  toChannel(channel: string): Extract<Address, { to: 'channel' }>;
  /** A member types a line, in their direct messages. It takes a Convenor that was started. */
  say(who: Who, line: string): Promise<SeenMessage>;
  /** What a member has read from Convenor, the oldest first. */
  inbox(who: Who): SeenMessage[];
  /** How often the app has called an operation. */
  calls(operation: string): number;
}

let count = 0;

/** A new one, with a Discord of its own that tells the time of the partnership's clock. */
export async function newScene(): Promise<Scene> {
  const double = await startDiscord();
  atEnd(() => double.close());
  // Ids tell the time: no two people of the file's one store are the same.
  double.world.pass(Date.parse(START) - Date.now() + 1_000 * ++count);
  const talk = await newTalk();
  const { stores, clock } = talk;
  const guild = double.addGuild('Riverside');
  const users = {
    maya: double.addUser(guild, { name: 'maya' }),
    tom: double.addUser(guild, { name: 'tom' }),
    grace: double.addUser(guild, { name: 'grace' }),
  };
  const at = { platform: 'discord', workspace: guild.id };
  const identityOf = (who: Who): Identity => ({ ...at, user: users[who].id });
  for (const who of ['maya', 'tom', 'grace'] as const) {
    const member = memberId(talk.id, who);
    await revise(talk.store.of(members), member, (row) => ({
      ...row,
      identities: [identityOf(who), ...row.identities],
    }));
    await noteIdentity(stores, identityOf(who), { partnership: talk.id, member });
  }
  await namesChanged(talk.store);
  const row = { id: workspaceId(at), ...at, name: 'Riverside', partnership: talk.id, admits: null };
  await insertOnce(stores.global(workspaces), row);

  const warnings: LogFields[] = [];
  const warn = (fields: LogFields) => void warnings.push(fields);
  const convenor = discord({
    token: double.botToken,
    apiUrl: double.apiUrl,
    guildId: undefined,
    shards: undefined,
    commands: allCommands(),
    directories: directoriesOver(stores),
    log: { info: () => {}, warn, error: warn },
    ...{ stores, clock },
  });
  atEnd(() => convenor.stop());
  return {
    ...{ double, talk, guild, users, convenor, warnings },
    to: (who) => ({ to: 'user', identity: identityOf(who) }),
    toChannel: (channel) => ({ to: 'channel', channel: { ...at, channel } }),
    say: async (who, line) => (await double.as(users[who]).slash('convenor', { line })).reply(),
    inbox: (who) =>
      double
        .sees(users[who], double.directOf(users[who]))
        .filter(({ from }) => from !== users[who].id),
    calls: (operation) => double.calls.filter(({ method }) => method === operation).length,
  };
}

import { discord } from '../../../src/adapters/discord/adapter.ts';
import type { LogFields } from '../../../src/core/base/log.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { directoriesOf } from '../../../src/core/domain/directory/directory.ts';
import { recordIdentity } from '../../../src/core/domain/identities/identity.ts';
import type { Adapter } from '../../../src/core/ports/platform.ts';
import { type DiscordDouble, startDiscord } from '../../doubles/discord/discord.ts';
import type { VisibleMessage } from '../../doubles/discord/visible-messages.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { memberId, newTalk, START, type Who } from '../../fixtures/bot.ts';
import { connectWorkspace, everybody, forEverybody, type TestBot } from '../test-bot.ts';

type Guild = ReturnType<DiscordDouble['addGuild']>;
type User = ReturnType<DiscordDouble['addUser']>;

/** A partnership of three members on a Discord server, and a Convenor that is not started. */
export interface DiscordTestBot extends TestBot {
  double: DiscordDouble;
  guild: Guild;
  users: Record<Who, User>;
  convenor: Adapter;
  /** What the log warned of. */
  warnings: LogFields[];
  /** A member types a line in their direct channel. Convenor must be started. */
  say(who: Who, line: string): Promise<VisibleMessage>;
  /** The messages that a member has from Convenor, oldest first. */
  inbox(who: Who): VisibleMessage[];
}

let count = 0;

/** Makes one with a Discord double of its own, whose time is that of the partnership's clock. */
export async function newTestBot(): Promise<DiscordTestBot> {
  const double = await startDiscord();
  atEnd(() => double.close());
  // Discord's ids contain the time: a second apart, no two users in the file's one store have the same id.
  double.world.pass(Date.parse(START) - Date.now() + 1_000 * ++count);
  const talk = await newTalk();
  const { stores, clock } = talk;
  const guild = double.addGuild('Riverside');
  const users = forEverybody((name) => double.addUser(guild, { name }));
  const at = { platform: 'discord', workspace: guild.id };
  const { identityOf, to, toChannel } = await connectWorkspace(talk, at, users);
  for (const who of everybody) {
    const member = memberId(talk.id, who);
    await recordIdentity(stores, identityOf(who), { partnership: talk.id, member });
  }

  const warnings: LogFields[] = [];
  const warn = (fields: LogFields) => void warnings.push(fields);
  const convenor = discord({
    token: double.botToken,
    apiUrl: double.apiUrl,
    guildId: undefined,
    shards: undefined,
    commands: allCommands(),
    directories: directoriesOf(stores),
    log: { info: () => {}, warn, error: warn },
    ...{ stores, clock },
  });
  atEnd(() => convenor.stop());
  return {
    ...{ double, talk, guild, users, convenor, warnings, to, toChannel },
    say: async (who, line) => (await double.as(users[who]).slash('convenor', { line })).reply(),
    inbox: (who) =>
      double
        .sees(users[who], double.directOf(users[who]))
        .filter(({ from }) => from !== users[who].id),
    calls: (operation) => double.calls.filter(({ method }) => method === operation).length,
  };
}

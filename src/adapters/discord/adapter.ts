import type { DiscordConfig } from '../../config/discord.ts';
import { backgroundTasks } from '../../core/async/background-tasks.ts';
import { retry } from '../../core/async/retry.ts';
import type { Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import type { Adapter, Bot } from '../../core/ports/platform.ts';
import type { ReaderDeps } from '../shared/reader-context.ts';
import { badToken, checkToken } from './connection/credentials.ts';
import { retryOptions } from './connection/errors.ts';
import { createGateway, type Gateway } from './connection/gateway.ts';
import { inviteUrl } from './connection/invite.ts';
import { PLATFORM } from './connection/platform.ts';
import { readRegistered, registerCommands } from './connection/register.ts';
import { createRest } from './connection/rest.ts';
import { discordDirectMessages } from './delivery/direct-messages.ts';
import { createMessageSender } from './delivery/message-sender.ts';
import { createPostingProblem } from './delivery/posting-problem.ts';
import { privateThreads } from './delivery/private-threads.ts';
import { createInstalls } from './installing/installs.ts';
import { type Listener, listen } from './listen.ts';
import { commandNames } from './manifest/command-names.ts';
import { createProfileOf } from './profile-of.ts';
import { createUsers } from './users.ts';

export interface DiscordOptions extends DiscordConfig, ReaderDeps {
  commands: Commands;
  log: Log;
}

/** The Discord adapter. It can send at once, without the gateway, and receives once it is started. */
export function discord(options: DiscordOptions): Adapter {
  const { commands, guildId: guild, log } = options;
  const rest = createRest(options);
  const installs = createInstalls(options);
  const direct = discordDirectMessages({ ...options, rest });
  const users = createUsers({ ...options, rest });
  const tasks = backgroundTasks('discord command ids not read', log);
  const names = commandNames({
    ...options,
    tasks,
    read: async () => readRegistered(await checkToken(rest), { rest, guild }),
  });
  const deps = { ...options, rest, installs, direct, users, commandNames: names };
  let gateway: Gateway | undefined;
  let listener: Listener | undefined;
  let isStopped = false;
  return {
    platform: PLATFORM,
    ...createMessageSender({ ...deps, threads: privateThreads(rest) }),
    profileOf: createProfileOf(deps),
    postingProblem: createPostingProblem(rest),
    async start(bot: Bot) {
      const register = async () => {
        const application = await checkToken(rest);
        names.learn(await registerCommands(application, { rest, commands, guild }));
        log.info({ invite: inviteUrl(application) }, 'discord knows the commands');
      };
      await retry(register, retryOptions({ isCancelled: () => isStopped, log }));
      if (isStopped) return;
      listener = listen({ ...deps, bot });
      gateway = createGateway({ ...options, onDispatch: listener.onDispatch });
      await gateway.open();
    },
    get credentialError() {
      return gateway?.credentialError ?? (rest.refusesToken() ? badToken() : undefined);
    },
    async stop() {
      isStopped = true;
      await gateway?.close();
      await listener?.stop();
      await tasks.drain();
    },
  };
}

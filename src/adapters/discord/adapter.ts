import type { DiscordConfig } from '../../config/discord.ts';
import { retry } from '../../core/async/retry.ts';
import type { Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import type { Adapter, Bot } from '../../core/ports/platform.ts';
import type { ReaderDeps } from '../shared/reader-context.ts';
import { type Gateway, gatewayTo } from './connection/gateway.ts';
import { inviteUrl } from './connection/invite.ts';
import { registerCommands } from './connection/register.ts';
import { restOver } from './connection/rest.ts';
import { badToken, checkToken } from './credentials.ts';
import { createDelivery } from './deliver.ts';
import { directMessages } from './direct.ts';
import { outOfReach } from './errors.ts';
import { installs as installsOver } from './install.ts';
import { type Listening, listening } from './listen.ts';
import { peopleOver } from './people.ts';
import { PLATFORM } from './platform.ts';
import { privateThreads } from './servers/private-threads.ts';

export interface DiscordOptions extends DiscordConfig, ReaderDeps {
  commands: Commands;
  log: Log;
}

/** Discord: sends from the first moment, without the gateway; hears once started. */
export function discord(options: DiscordOptions): Adapter {
  const { commands, guildId: guild, log } = options;
  const rest = restOver(options);
  const installs = installsOver(options);
  const direct = directMessages({ ...options, rest });
  const parts = { ...options, rest, installs, direct };
  let gateway: Gateway | undefined;
  let ears: Listening | undefined;
  let isStopped = false;
  return {
    platform: PLATFORM,
    ...createDelivery({ ...parts, threads: privateThreads(rest) }),
    async start(bot: Bot) {
      const introduce = async () => {
        const application = await checkToken(rest);
        await registerCommands(application, { rest, commands, guild });
        log.info({ invite: inviteUrl(application) }, 'discord knows the commands');
      };
      await retry(introduce, outOfReach({ isOver: () => isStopped, log }));
      if (isStopped) return;
      ears = listening({ ...parts, bot, people: peopleOver(parts) });
      gateway = gatewayTo({ ...options, onDispatch: ears.onDispatch });
      await gateway.open();
    },
    get trouble() {
      return gateway?.trouble ?? (rest.refusesToken() ? badToken() : undefined);
    },
    async stop() {
      isStopped = true;
      await gateway?.close();
      await ears?.stop();
    },
  };
}

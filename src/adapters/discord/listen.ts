import { GatewayDispatchEvents as Happening } from 'discord.js';
import { backgroundTasks } from '../../core/async/background-tasks.ts';
import { dedupe } from '../../core/async/dedupe.ts';
import { retry } from '../../core/async/retry.ts';
import { errorFields } from '../../core/base/log.ts';
import type { Voice } from './answer.ts';
import { outOfReach } from './errors.ts';
import type { Installs } from './install.ts';
import { ready, server } from './payloads.ts';
import { receiptOf } from './receive.ts';
import type { Parts } from './scene.ts';
import { hear } from './slash/hear.ts';

export interface Listening {
  /** Something has happened at Discord. Returns at once, and never throws. */
  onDispatch(event: { t: string; d: unknown }): void;
  /** Waits for what is being answered, for some seconds. */
  stop(): Promise<void>;
}

/** Puts what the gateway tells to the bot, and notes on which servers Convenor is. */
export function listening(parts: Parts & Voice & { installs: Installs }): Listening {
  const { installs, log } = parts;
  const { run } = dedupe();
  const { add, drain } = backgroundTasks('discord answer failed', log);
  let isStopped = false;
  let noted: Promise<unknown> = Promise.resolve();

  /** One after the other, so that coming back is not noted before going. */
  function note(work: () => Promise<void>): void {
    const trying = () => retry(work, outOfReach({ isOver: () => isStopped, log }));
    noted = noted
      .then(trying)
      .catch((error: unknown) => log.error(errorFields(error), 'discord server not noted'));
  }

  function onDispatch({ t, d }: { t: string; d: unknown }): void {
    switch (t) {
      case Happening.InteractionCreate: {
        const receipt = receiptOf(d);
        if (receipt) add(run(receipt.id, () => hear(d, receipt, parts)));
        return;
      }
      case Happening.Ready: {
        const { data } = ready.safeParse(d);
        if (!data) return;
        const servers = data.guilds.map(({ id }) => id);
        note(() => installs.present(servers, data.shard));
        return;
      }
      case Happening.GuildCreate:
      case Happening.GuildDelete: {
        const { data } = server.safeParse(d);
        if (!data || data.unavailable) return;
        note(() =>
          t === Happening.GuildCreate ? installs.joined(data) : installs.removed(data.id),
        );
      }
    }
  }

  return {
    onDispatch,
    async stop() {
      isStopped = true;
      await drain();
    },
  };
}

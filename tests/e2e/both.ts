import { discord } from '../../src/adapters/discord/adapter.ts';
import { threads } from '../../src/adapters/discord/delivery/thread-row.ts';
import { servers } from '../../src/adapters/discord/installing/server-row.ts';
import { slack } from '../../src/adapters/slack/adapter.ts';
import { installations } from '../../src/adapters/slack/installing/installation-row.ts';
import { usedStates } from '../../src/adapters/slack/installing/oauth-states.ts';
import { advanceClock } from '../../src/jobs/advance-clock.ts';
import { inProcessJobs } from '../../src/jobs/queue/in-process.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { startDiscord } from '../doubles/discord/discord.ts';
import { startSlack } from '../doubles/slack/slack.ts';
import { atEnd } from '../fixtures/at-end.ts';
import { START } from '../fixtures/bot.ts';
import { startTestBackend } from '../fixtures/harness.ts';

/** One Convenor with a worker, on a Slack and a Discord double that share its time. */
export type Both = Awaited<ReturnType<typeof openBoth>>;

/** Starts it in a Slack workspace and on a Discord server, which are not linked. */
export async function openBoth() {
  const onSlack = await startSlack();
  atEnd(() => onSlack.close());
  const onDiscord = await startDiscord();
  atEnd(() => onDiscord.close());
  const worlds = [onSlack.world, onDiscord.world];
  for (const world of worlds) world.pass(Date.parse(START) - world.now());
  const team = onSlack.addTeam('Riverside');
  const guild = onDiscord.addGuild('Riverside Friends');

  const clock = {
    now: () => new Date(onSlack.world.now()),
    async moveTo(instant: Date) {
      const ms = instant.getTime() - clock.now().getTime();
      for (const world of worlds) world.pass(ms);
    },
  };
  const collections = [installations, usedStates, servers, threads];
  const backend = await startTestBackend(collections, clock);
  const { stores, bot, warnings, adapterDeps } = backend;
  const { token: botToken } = onSlack.installIn(team);
  const tokens = { botToken, appToken: onSlack.app.appToken };
  const connection = { kind: 'socket', ...tokens } as const;
  const here = { token: onDiscord.botToken, apiUrl: onDiscord.apiUrl };
  const adapters = [
    slack({ connection, apiUrl: onSlack.apiUrl, ...adapterDeps() }),
    discord({ ...here, guildId: undefined, shards: undefined, ...adapterDeps() }),
  ];
  const jobs = inProcessJobs(clock);
  const worker = createWorker({ stores, clock, jobs, log: adapterDeps().log });
  atEnd(() => worker.stop());
  for (const adapter of adapters) {
    worker.adapters.set(adapter.platform, adapter);
    atEnd(() => adapter.stop());
    await adapter.start(bot);
  }

  return {
    ...{ onSlack, onDiscord, team, guild, warnings },
    /** Moves the time to an instant (ISO 8601). Everything that gets due on the way is delivered at its own time. */
    until: (iso: string) => advanceClock(new Date(iso), { clock, sweep: worker.sweep, jobs }),
  };
}

import { expect } from 'vitest';
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
/** What Discord calls the commands that take a code. */
export const linkNames = { 'workspace link': 'settings link-server', link: 'my link' } as const;

type Both = Awaited<ReturnType<typeof openBoth>>;

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

type OnSlack = ReturnType<Both['onSlack']['addUser']>;
type OnDiscord = ReturnType<Both['onDiscord']['addUser']>;

/** Grace owns the Slack workspace and the Discord server, and links them. Maya is only in Slack, Tom is in both. */
export async function openLinked() {
  const both = await openBoth();
  const { onSlack, onDiscord, team, guild } = both;
  const grace = onSlack.addUser(team, { name: 'Grace', owner: true });
  const maya = onSlack.addUser(team, { name: 'Maya' });
  const tom = onSlack.addUser(team, { name: 'Tom' });
  const residents = onDiscord.addRole(guild, { name: 'Residents' });
  const lobby = onDiscord.addChannel(guild, { name: 'lobby' });
  const graceThere = onDiscord.addUser(guild, { name: 'Grace', owner: true });
  const tomThere = onDiscord.addUser(guild, { name: 'Tom', roles: [residents] });

  const type = async (who: OnSlack, line: string) =>
    (await onSlack.as(who).slash('/convenor', line)).reply();
  /** A user types the code from Slack in Discord, and confirms there. */
  async function take(command: keyof typeof linkNames, from: OnSlack, to: OnDiscord, yes: string) {
    const given = await type(from, command);
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(given.words)?.[0] ?? '';
    const person = onDiscord.as(to, lobby);
    const asked = await (await person.slash(linkNames[command], { code })).reply();
    return (await (await person.press(asked, yes)).reply()).words;
  }

  await type(grace, 'settings name:"Riverside Neighbours"');
  const joined = await take('workspace link', grace, graceThere, 'Link them');
  expect(joined).toContain('this server is part of **Riverside Neighbours** now');
  await take('link', grace, graceThere, "Yes, that's me");
  const role = await onDiscord.as(graceThere, lobby).slash('access', { role: residents.id });
  await role.reply();
  await type(grace, `member role <@${tom.id}> worker`);
  const one = await take('link', tom, tomThere, "Yes, that's me");
  expect(one).toContain('in Slack (Riverside) and Discord (Riverside Friends)');
  await type(tom, 'me prefers:discord');

  const isAbout = (about: string) => (message: { words: string }) => message.words.includes(about);
  return {
    ...{ ...both, grace, maya, tom, tomThere, residents, lobby, type },
    there: onDiscord.as(tomThere),
    /** Tom's direct messages about a topic, automatic ones and answers. */
    onDiscordAbout: (about: string) =>
      onDiscord.sees(tomThere, onDiscord.directOf(tomThere)).filter(isAbout(about)),
    /** Tom's automatic messages about a topic. */
    onSlackAbout: (about: string) =>
      onSlack
        .sees(tom, onSlack.directOf(tom))
        .filter(({ ephemeral }) => !ephemeral)
        .filter(isAbout(about)),
    /** Tom opens his Home in Slack, and waits until it shows what it should. */
    async homeShows(what: string, isSo: (words: string) => boolean) {
      await onSlack.as(tom).openHome();
      await onSlack.until(`a Home ${what}`, () => {
        const words = onSlack.home(tom)?.words;
        return words !== undefined && isSo(words) ? true : undefined;
      });
    },
  };
}

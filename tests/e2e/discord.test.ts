import { once } from 'node:events';
import { expect, it } from 'vitest';
import { startDiscord } from '../doubles/discord/discord.ts';
import { atEnd } from '../fixtures/at-end.ts';
import { START_TIMEOUT_MS, startProcess } from '../fixtures/start-process.ts';

/** A Discord double with Convenor on a server, and `npm start` against it. */
async function start(settings: Record<string, string> = {}) {
  const discord = await startDiscord();
  atEnd(() => discord.close());
  const guild = discord.addGuild('Riverside');
  const grace = discord.addUser(guild, { name: 'Grace', owner: true });
  const channel = discord.addChannel(guild);
  const running = await startProcess({
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_TOKEN: discord.botToken,
    ...settings,
  });
  return { ...running, discord, grace, channel };
}

it('npm start answers in Discord, and stops on SIGTERM', async () => {
  const { discord, grace, channel, child, readyStatus } = await start();
  await expect.poll(readyStatus, { timeout: START_TIMEOUT_MS }).toBe(200);
  const person = discord.as(grace, channel);
  const promise = { next: 'ring the school', by: 'in 1 minute' };
  expect((await (await person.slash('followup add', promise)).reply()).words).toContain('school');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(discord.gateway.ready).toBe(0);
});

it('a wrong token ends the start with one sentence', async () => {
  const { child, printed } = await start({ DISCORD_TOKEN: 'an.other.token' });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(printed()).toMatch(/^Discord does not take DISCORD_TOKEN: .+\.$/);
});

it('while Discord cannot be reached, the process says that it waits for it', async () => {
  const { ready } = await start({ DISCORD_API_URL: 'http://127.0.0.1:9/api' });
  const waiting = { ready: false, waitingFor: ['discord'] };
  await expect.poll(ready, { timeout: START_TIMEOUT_MS }).toEqual(waiting);
});

import { readConfig } from '../../config/config.ts';
import { checkDiscord } from '../checks/outside.ts';
import type { Ask } from './ask.ts';
import { askFor, type Settings, untilGood } from './settings.ts';

const NAMES = ['DISCORD_TOKEN', 'DISCORD_API_URL', 'DISCORD_GUILD_ID', 'DISCORD_SHARDS'] as const;

/** Whether people talk with Convenor in Discord, and what it needs for that. */
export async function askDiscord(ask: Ask, settings: Settings): Promise<void> {
  ask.say('\nDiscord: docs/discord.md says, step by step, where the token is found.');
  if (!(await ask.yes('Do people talk with it in Discord?', settings.has('DISCORD_TOKEN')))) {
    for (const name of NAMES) settings.delete(name);
    return;
  }
  const text = 'Bot token, from "Bot", "Reset Token"';
  await untilGood(
    ask,
    () => askFor(ask, settings, 'DISCORD_TOKEN', { text, secret: true }),
    async () => {
      const given = NAMES.map((name) => [name, settings.get(name)]);
      const { discord } = readConfig(Object.fromEntries(given), []);
      return discord ? checkDiscord(discord) : [];
    },
  );
}

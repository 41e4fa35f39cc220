import { readConfig } from '../../config/config.ts';
import { checkDiscord } from '../checks/lazy-checks.ts';
import type { Prompt } from '../terminal/prompt.ts';
import { askForVariable, askUntilValid, type Settings } from './settings.ts';

const VARIABLES = [
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'DISCORD_GUILD_ID',
  'DISCORD_SHARDS',
] as const;

/** Asks whether people use Convenor in Discord, and for the token. */
export async function askDiscord(prompt: Prompt, settings: Settings): Promise<void> {
  prompt.say('\nDiscord: docs/discord.md says, step by step, where the token is found.');
  if (
    !(await prompt.confirm('Do people talk with it in Discord?', settings.has('DISCORD_TOKEN')))
  ) {
    for (const name of VARIABLES) settings.delete(name);
    return;
  }
  const text = 'Bot token, from "Bot", "Reset Token"';
  await askUntilValid(
    prompt,
    () => askForVariable(prompt, settings, 'DISCORD_TOKEN', { text, secret: true }),
    async () => {
      const given = VARIABLES.map((name) => [name, settings.get(name)]);
      const { discord } = readConfig(Object.fromEntries(given), []);
      return discord ? checkDiscord(discord) : [];
    },
  );
}

import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config/config.ts';
import { checkPort } from './checks/address.ts';
import { ENV_FILE } from './checks/env-file.ts';
import { changesTo, type EnvFile, readEnvFile, withValues, writePrivately } from './env-file.ts';
import { isWrong } from './finding.ts';
import { run } from './run.ts';
import { type Ask, openAsk, Stopped } from './setup/ask.ts';
import { askDiscord } from './setup/discord.ts';
import { hasSystemd, installService, whyNoService } from './setup/service.ts';
import { askFor, type Settings, untilGood } from './setup/settings.ts';
import { askSheet } from './setup/sheet.ts';
import { askSlack } from './setup/slack.ts';
import { askStore } from './setup/store.ts';
import type { Service } from './setup/units.ts';

/*
 * `npm run setup`: asks for what is needed, tries it out, and writes it down. Nothing is written before all is answered;
 * run again, it keeps what is there and changes nothing.
 */

const program = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const file = resolve(ENV_FILE);

async function askPort(ask: Ask, settings: Settings): Promise<void> {
  const text = '\nPort to listen on, for health and for what Slack sends';
  const question = () => askFor(ask, settings, 'PORT', { text, fallback: '3000' });
  await untilGood(ask, question, async () => {
    const config = readConfig({ PORT: settings.get('PORT'), HOST: settings.get('HOST') }, []);
    return (await checkPort(config)).filter(isWrong);
  });
}

/** Whether it is to be a service, where one can be made of what is where it is. */
async function askService(ask: Ask, service: Service): Promise<boolean> {
  const wanted = await ask.yes(
    'Is it to start with this machine, as a systemd service?',
    hasSystemd,
  );
  const why = wanted ? whyNoService(service) : undefined;
  if (why) ask.say(`${why} Then run this again. Until then it is started by hand.`);
  return wanted && !why;
}

/** What is to change in the file of settings. @throws Stopped when it is to stay as it is. */
async function askChanges(ask: Ask, before: EnvFile, settings: Settings): Promise<string[]> {
  const changes = changesTo(before, settings);
  const question = `\n${file} is there: change ${changes.join(', ')} in it?`;
  if (before.text === undefined || changes.length === 0 || (await ask.yes(question, true)))
    return changes;
  throw new Stopped();
}

function write(ask: Ask, before: EnvFile, settings: Settings, changes: readonly string[]): void {
  if (changes.length === 0) {
    chmodSync(file, 0o600);
    ask.say(`\n${file} stays as it is.`);
    return;
  }
  writePrivately(file, withValues(before, settings));
  ask.say(`\nWritten to ${file}, for its owner alone: ${changes.join(', ')}.`);
}

async function setUp(ask: Ask): Promise<void> {
  const before = readEnvFile(file);
  const settings: Settings = new Map(before.values);
  ask.say(
    'This sets up Convenor. Enter takes what is suggested; Ctrl+C stops, and writes nothing.\n',
  );
  const place = { node: process.execPath, program, folder: dirname(file) };
  const isService = await askService(ask, { ...place, backupDir: undefined });
  await askStore(ask, settings, isService ? place : undefined);
  // Over HTTP it seals tokens in the store; made now, it is there when it is needed.
  if (!settings.has('SECRET_KEY')) settings.set('SECRET_KEY', randomBytes(32).toString('base64'));
  await askSlack(ask, settings);
  await askDiscord(ask, settings);
  await askPort(ask, settings);
  const folder = settings.has('MONGODB_URI') ? undefined : settings.get('BACKUP_DIR');
  const service = { ...place, backupDir: folder && resolve(folder) };
  const writeSheet = await askSheet(ask, { settings, service, isService });
  const changes = await askChanges(ask, before, settings);
  ask.end();
  write(ask, before, settings, changes);
  writeSheet?.();
  if (isService) installService(ask, service, changes.length > 0);
  ask.say(
    `\nTo see whether all is well: npm run doctor${isService ? '' : '. To start: npm start'}`,
  );
}

await run(async () => {
  const ask = openAsk();
  try {
    await setUp(ask);
  } finally {
    ask.end();
  }
});

import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config/config.ts';
import { checkPort } from './checks/address.ts';
import { isWrong } from './checks/finding.ts';
import {
  changedVariables,
  ENV_FILE,
  type EnvFile,
  readEnvFile,
  withValues,
} from './files/env-file.ts';
import { PRIVATE_MODE, replaceFile } from './files/replace-file.ts';
import { askDiscord } from './setup/discord.ts';
import { askInstallationRecord } from './setup/installation-record.ts';
import { hasSystemd, installService, serviceProblem } from './setup/service.ts';
import { askForVariable, askUntilValid, type Settings } from './setup/settings.ts';
import { askSlack } from './setup/slack.ts';
import { askStore } from './setup/store.ts';
import type { Service } from './setup/units.ts';
import { Cancelled, openPrompt, type Prompt } from './terminal/prompt.ts';
import { runCommand } from './terminal/run-command.ts';

const USAGE = `Usage: npm run setup
Asks for the settings that Convenor needs, tries each of them, and writes them to .env. Nothing is written before the last answer.`;

const program = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const file = resolve(ENV_FILE);

async function askPort(prompt: Prompt, settings: Settings): Promise<void> {
  const text = '\nPort to listen on, for health and for what Slack sends';
  const question = () => askForVariable(prompt, settings, 'PORT', { text, fallback: '3000' });
  await askUntilValid(prompt, question, async () => {
    const config = readConfig({ PORT: settings.get('PORT'), HOST: settings.get('HOST') }, []);
    return (await checkPort(config)).filter(isWrong);
  });
}

/** Asks whether to install a service. @returns false also where that is not possible here. */
async function askService(prompt: Prompt, service: Service): Promise<boolean> {
  const wanted = await prompt.confirm(
    'Is it to start with this machine, as a systemd service?',
    hasSystemd,
  );
  const problem = wanted ? serviceProblem(service) : undefined;
  if (problem) prompt.say(`${problem} Then run this again. Until then it is started by hand.`);
  return wanted && !problem;
}

/** @returns the names of the variables to change in the settings file. @throws Cancelled when it is to stay as it is. */
async function askChanges(prompt: Prompt, before: EnvFile, settings: Settings): Promise<string[]> {
  const changes = changedVariables(before, settings);
  const question = `\n${file} is there: change ${changes.join(', ')} in it?`;
  if (before.text === undefined || changes.length === 0 || (await prompt.confirm(question, true)))
    return changes;
  throw new Cancelled();
}

function write(
  prompt: Prompt,
  before: EnvFile,
  settings: Settings,
  changes: readonly string[],
): void {
  if (changes.length === 0) {
    chmodSync(file, 0o600);
    prompt.say(`\n${file} stays as it is.`);
    return;
  }
  replaceFile(file, withValues(before, settings), PRIVATE_MODE);
  prompt.say(`\nWritten to ${file}, for its owner alone: ${changes.join(', ')}.`);
}

async function setUp(prompt: Prompt): Promise<void> {
  const before = readEnvFile(file);
  const settings: Settings = new Map(before.values);
  prompt.say(
    'This sets up Convenor. Enter takes what is suggested; Ctrl+C stops, and writes nothing.\n',
  );
  const paths = { node: process.execPath, program, folder: dirname(file) };
  const isService = await askService(prompt, { ...paths, backupDir: undefined });
  await askStore(prompt, settings, isService ? paths : undefined);
  // Slack by HTTP encrypts tokens with it. Made now, it is there when somebody changes to HTTP.
  if (!settings.has('SECRET_KEY')) settings.set('SECRET_KEY', randomBytes(32).toString('base64'));
  await askSlack(prompt, settings);
  await askDiscord(prompt, settings);
  await askPort(prompt, settings);
  const backupDir = settings.has('MONGODB_URI') ? undefined : settings.get('BACKUP_DIR');
  const service = { ...paths, backupDir: backupDir && resolve(backupDir) };
  const writeRecord = await askInstallationRecord(prompt, { settings, service, isService });
  const changes = await askChanges(prompt, before, settings);
  prompt.close();
  write(prompt, before, settings, changes);
  writeRecord?.();
  if (isService) installService(prompt, service, changes.length > 0);
  prompt.say(
    `\nTo see whether all is well: npm run doctor${isService ? '' : '. To start: npm start'}`,
  );
}

await runCommand(USAGE, async () => {
  const prompt = openPrompt();
  try {
    await setUp(prompt);
  } finally {
    prompt.close();
  }
});

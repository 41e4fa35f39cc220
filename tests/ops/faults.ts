import { chmod, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { meta } from '../../src/adapters/mongo/migrate.ts';
import { installations, rowOf } from '../../src/adapters/slack/installing/installation-row.ts';
import { databaseFile } from '../../src/adapters/sqlite/data-folder.ts';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sealer } from '../../src/core/base/sealer.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { type DiscordDouble, startDiscord } from '../doubles/discord/discord.ts';
import type { SlackDouble } from '../doubles/slack/slack.ts';
import { freePort } from '../fixtures/redis.ts';
import { openQuickly } from '../fixtures/store.ts';
import { convenor, damage, type Env, type Place, someMongodb, somethingElse } from './harness.ts';

/** What faults may use: Slack with a workspace, and Discord. */
interface Around {
  slack: SlackDouble;
  team: ReturnType<SlackDouble['addTeam']>;
  discord: DiscordDouble;
}

/** Plants the fault. @returns further settings for it. */
type Plant = (place: Place, around: Around) => Env | undefined | Promise<Env | undefined>;

/** Slack for many workspaces, over HTTP. */
function byHttp({ app }: SlackDouble): Env {
  return {
    SLACK_BOT_TOKEN: '',
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: app.signingSecret,
    SLACK_CLIENT_ID: app.clientId,
    SLACK_CLIENT_SECRET: app.clientSecret,
    SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
  };
}

/** Each fault by itself: what it is, how it comes about, and what must be said of it, with the remedy. */
export const faults: [name: string, plant: Plant, told: RegExp][] = [
  ['a setting that is none', () => ({ PORT: 'http' }), /^settings: PORT is not a port: set it to/],
  [
    'settings that others can read',
    ({ envFile }) => chmod(envFile, 0o644).then(() => undefined),
    /^settings file: Others.*the tokens in it.*chmod 600 .*\.env/,
  ],
  [
    'data that others can read',
    ({ dataDir }) => chmod(dataDir, 0o755).then(() => undefined),
    /^data folder: Others.*chmod 700/,
  ],
  [
    'a store that is damaged',
    ({ dataDir }) => damage(join(dataDir, 'convenor.db')).then(() => undefined),
    /^store: .*damaged.*Restore the last backup/,
  ],
  [
    'a database that a newer Convenor has used',
    ({ dataDir }) => {
      const database = openDatabase(databaseFile(dataDir));
      database.exec('PRAGMA user_version = 99');
      database.close();
      return undefined;
    },
    /^store: A newer Convenor has used it.*Update this one/,
  ],
  [
    'no backup',
    ({ backup }) => rm(backup).then(() => undefined),
    /^backups: There is none.*npm run backup/,
  ],
  [
    'an old backup',
    ({ backup }) => utimes(backup, 0, Date.now() / 1000 - 50 * 3600).then(() => undefined),
    /^backups: The newest is 50 hours old.*convenor-backup\.timer/,
  ],
  [
    'a backup that cannot be restored',
    ({ backup }) => damage(backup).then(() => undefined),
    /^backups: .*cannot be restored.*make another: npm run backup/,
  ],
  [
    'a bot token that was revoked',
    () => ({ SLACK_BOT_TOKEN: 'xoxb-revoked' }),
    /^Slack: .*SLACK_BOT_TOKEN \(invalid_auth\): copy the Bot User OAuth Token again/,
  ],
  [
    'an app-level token of another app',
    () => ({ SLACK_APP_TOKEN: 'xapp-other' }),
    /^Slack: .*SLACK_APP_TOKEN \(invalid_auth\): .*connections:write/,
  ],
  [
    'a scope of the manifest that is missing',
    (_place, { slack }) => ({
      SLACK_BOT_TOKEN: slack.installIn(slack.addTeam('Bare'), ['chat:write']).token,
    }),
    /^Slack: In Bare Convenor lacks commands, im:write, .*Paste manifest\.json/,
  ],
  [
    'Slack out of reach',
    async () => ({ SLACK_API_URL: `http://127.0.0.1:${await freePort()}/api/` }),
    /^Slack: It cannot be asked \(.*ECONNREFUSED.*slack\.com/,
  ],
  [
    'a port that is taken',
    async () => ({ PORT: String(await somethingElse()) }),
    /^PORT: Port \d+ is taken.*set PORT to another/,
  ],
  [
    'a MongoDB that is not there',
    () => ({
      MONGODB_URI: 'mongodb://convenor:hunter2@127.0.0.1:9/convenor?serverSelectionTimeoutMS=300',
    }),
    /^MongoDB: It cannot be used \(.*ECONNREFUSED.*systemctl status mongod/,
  ],
  [
    'a MongoDB that a newer Convenor has used',
    async () => {
      const { uri, stores } = await someMongodb();
      const rows = stores.global(meta);
      const row = await rows.get('schema');
      if (row) await rows.save({ ...row, schemaVersion: 99 });
      return { MONGODB_URI: uri };
    },
    /^MongoDB: A newer Convenor has used it.*Update this one/,
  ],
  [
    'a public address that leads elsewhere',
    async (_place, { slack }) => ({
      ...byHttp(slack),
      PUBLIC_URL: `http://127.0.0.1:${await somethingElse()}`,
    }),
    /^PUBLIC_URL: Something else answers.*pass everything on to its PORT/,
  ],
  [
    'the secret of another app',
    async (_place, { slack }) => ({
      ...byHttp(slack),
      ...(await convenor()),
      SLACK_CLIENT_SECRET: 'of another app',
    }),
    /^SLACK_CLIENT_SECRET: .*Copy it again from "Basic Information"/,
  ],
  [
    'a key that does not open the tokens in the store',
    async ({ dataDir }, { slack, team }) => {
      const { stores, close } = await openQuickly(dataDir, [...collections, installations]);
      const installation = { team: { id: team.id, name: 'Riverside' }, enterprise: undefined };
      const bot = { token: 'xoxb-sealed', id: 'B1', userId: 'U1', scopes: [] };
      const user = { id: 'U2', token: undefined, scopes: undefined };
      const made = { ...installation, bot, user, isEnterpriseInstall: false };
      await stores
        .global(installations)
        .insert(rowOf(made, new Date(), sealer([Buffer.alloc(32, 9)])));
      await close();
      return { ...byHttp(slack), ...(await convenor()) };
    },
    /^SECRET_KEY: .*put that key back/,
  ],
  [
    'a token that Discord does not take',
    () => ({ DISCORD_TOKEN: 'one.of.another' }),
    /^Discord: Discord does not take DISCORD_TOKEN: .*press "Reset Token"/,
  ],
  [
    'that Convenor is on no server',
    async () => {
      const other = await startDiscord();
      onTestFinished(() => other.close());
      return { DISCORD_API_URL: other.apiUrl, DISCORD_TOKEN: other.botToken };
    },
    /^Discord: Convenor is on no server\..*Invite it: https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+/,
  ],
  [
    'a server that Convenor is not on',
    (_place, { discord }) => ({
      DISCORD_GUILD_ID: discord.addGuild('Elsewhere', { installed: false }).id,
    }),
    /^Discord: Convenor is not on the server that DISCORD_GUILD_ID names: invite it there/,
  ],
  [
    'a server on which Convenor may not do what it needs to',
    (_place, { discord }) => {
      const guild = discord.addGuild('Strict', { installed: false });
      for (const role of guild.roles) role.permissions = 0n;
      discord.installIn(guild, ['ViewChannel', 'SendMessages', 'SendMessagesInThreads']);
      return { DISCORD_GUILD_ID: guild.id };
    },
    /^Discord: On the server \d+ Convenor lacks: Create Private Threads, Read Message History\..*Invite it once more/,
  ],
  [
    'Discord out of reach',
    async () => ({ DISCORD_API_URL: `http://127.0.0.1:${await freePort()}/api` }),
    /^Discord: It cannot be asked \(.*ECONNREFUSED.*https:\/\/discord\.com/,
  ],
];

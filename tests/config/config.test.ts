import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readUsableSettings } from '../../src/config/config.ts';

type Env = Record<string, string | undefined>;

function problemsOf(env: Env, args: string[] = []): readonly string[] {
  try {
    readConfig(env, args);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('needs nothing: every setting has a default', () => {
    expect(readConfig({}, [])).toEqual({
      mode: 'start',
      roles: ['web', 'worker'],
      mongodbUri: undefined,
      redis: undefined,
      dataDir: './data',
      journalMode: 'wal',
      backupDir: './backups',
      slack: undefined,
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
    });
  });

  it('takes what is set', () => {
    const env = {
      MONGODB_URI: 'mongodb://one:27017,two:27017/convenor?replicaSet=rs',
      REDIS_URL: 'redis://127.0.0.1:6380',
      DATA_DIR: '/srv/convenor',
      SQLITE_JOURNAL_MODE: 'delete',
      BACKUP_DIR: '/var/backups/convenor',
      ROLES: 'web',
      HOST: '0.0.0.0',
      PORT: '8080',
      LOG_LEVEL: 'debug',
      HOME: '/root',
    };
    expect(readConfig(env, [])).toEqual({
      mode: 'start',
      roles: ['web'],
      mongodbUri: env.MONGODB_URI,
      redis: expect.objectContaining({ hosts: [{ host: '127.0.0.1', port: 6380 }] }),
      dataDir: '/srv/convenor',
      journalMode: 'delete',
      backupDir: '/var/backups/convenor',
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'debug',
    });
  });

  it('takes an empty or blank variable as absent', () => {
    const blank = {
      MONGODB_URI: '',
      REDIS_URL: ' ',
      DATA_DIR: '',
      ROLES: ' ',
      HOST: '',
      PORT: '',
      LOG_LEVEL: '\t',
    };
    expect(readConfig(blank, [])).toEqual(readConfig({}, []));
  });

  it.each([
    ['mongodb+srv://cluster.example.org/convenor'],
    ['mongodb://someone:p%40ss@127.0.0.1/convenor'],
    ['mongodb://%2Ftmp%2Fconvenor.sock'],
  ])('takes %s as a MongoDB address', (uri) => {
    expect(readConfig({ MONGODB_URI: uri }, []).mongodbUri).toBe(uri);
  });

  it.each([
    ['worker,web', ['worker', 'web']],
    [' web , worker ', ['web', 'worker']],
    ['worker worker', ['worker']],
  ])('reads ROLES=%s', (value, roles) => {
    expect(readConfig({ ROLES: value }, []).roles).toEqual(roles);
  });

  it.each([
    ['0', 0],
    ['65535', 65_535],
  ])('takes port %s', (value, port) => {
    expect(readConfig({ PORT: value }, []).port).toBe(port);
  });

  it.each<[keyof Env & string, string]>([
    ['MONGODB_URI', 'localhost:27017'],
    ['MONGODB_URI', 'mongodb://'],
    ['MONGODB_URI', 'mongodb://one:port/convenor'],
    ['MONGODB_URI', 'mongodb://one:99999/convenor'],
    ['MONGODB_URI', 'mongodb://one two/convenor'],
    ['MONGODB_URI', 'mongodb://,/convenor'],
    ['MONGODB_URI', 'mongodb://me:a@b/c@one/convenor'],
    ['MONGODB_URI', 'mongodb://me:%zz@one/convenor'],
    ['MONGODB_URI', 'mongodb://one/convenor?replicaSet='],
    ['MONGODB_URI', 'mongodb+srv://one:27017/convenor'],
    ['MONGODB_URI', 'mongodb+srv://one,two/convenor'],
    ['REDIS_URL', '127.0.0.1:6379'],
    ['REDIS_URL', 'redis://one,two'],
    ['ROLES', 'slack'],
    ['ROLES', 'discord'],
    ['ROLES', 'irc'],
    ['DISCORD_TOKEN', 'xoxb-1'],
    ['DISCORD_API_URL', 'discord.com'],
    ['DISCORD_GUILD_ID', 'Riverside'],
    ['DISCORD_SHARDS', '4/4'],
    ['DISCORD_SHARDS', '3-1/8'],
    ['ROLES', ','],
    ['HOST', 'http://0.0.0.0'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '0x50'],
    ['LOG_LEVEL', 'loud'],
    ['SQLITE_JOURNAL_MODE', 'off'],
  ])('refuses %s=%s with one sentence that names it and the remedy', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} .+(leave it out|set it to).+\\.$`));
  });

  it('says all problems at once', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'y', ROLES: 'z,z', HOST: ' / ' }, [
      '--tyr',
    ]);
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'There',
      'ROLES',
      'HOST',
      'PORT',
      'LOG_LEVEL',
    ]);
  });

  it('never repeats a value: it may be a secret in the wrong place', () => {
    const secret = 'hunter2://not/a/value';
    const names = ['MONGODB_URI', 'REDIS_URL', 'ROLES', 'HOST', 'PORT', 'LOG_LEVEL'];
    const problems = problemsOf(Object.fromEntries(names.map((name) => [name, secret])), [secret]);
    expect(problems).toHaveLength(7);
    expect(problems.join('\n')).not.toMatch(/hunter2/);
  });

  it('refuses a process without a worker on SQLite, which no other process can open', () => {
    expect(problemsOf({ ROLES: 'web' })).toEqual([expect.stringContaining('set MONGODB_URI')]);
    expect(problemsOf({ ROLES: 'web', MONGODB_URI: 'mongodb://127.0.0.1/convenor' })).toEqual([]);
    expect(problemsOf({ ROLES: 'worker' })).toEqual([]);
  });

  it('gives the doctor what is valid beside what is wrong', () => {
    const { config, problems, invalid } = readUsableSettings(
      {
        ...{ SLACK_BOT_TOKEN: 'nonsense', SLACK_APP_TOKEN: 'xapp-1', REDIS_URL: 'redis://one' },
        ...{ DISCORD_SHARDS: '0/2', PORT: '4000' },
      },
      [],
    );
    expect(problems).toEqual([
      expect.stringContaining('SLACK_BOT_TOKEN is not a bot token'),
      expect.stringContaining('DISCORD_SHARDS needs DISCORD_TOKEN'),
    ]);
    expect(config).toMatchObject({ port: 4000, redis: { kind: 'server' }, slack: undefined });
    expect([...invalid]).toEqual(['SLACK_BOT_TOKEN']);
  });

  describe('Slack', () => {
    const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    const http = {
      SLACK_SIGNING_SECRET: 'signing',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client',
      PUBLIC_URL: 'https://convenor.example.org/',
      SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    };

    it('comes by a socket, or by HTTP, and is then one of the roles', () => {
      expect(readConfig(socket, [])).toMatchObject({
        roles: ['slack', 'web', 'worker'],
        slack: {
          connection: { kind: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1' },
          apiUrl: undefined,
        },
      });
      const more = { SLACK_API_URL: 'https://slack-gov.com/api' };
      expect(readConfig({ ...http, ...more }, []).slack).toMatchObject({
        connection: {
          kind: 'http',
          publicUrl: 'https://convenor.example.org',
          secretKeys: [Buffer.alloc(32, 1)],
        },
        apiUrl: 'https://slack-gov.com/api/',
      });
    });

    it.each(Object.keys(socket))('says that %s is missing', (name) => {
      expect(problemsOf({ ...socket, [name]: '' })).toEqual([
        expect.stringMatching(new RegExp(`^${name} is missing.+\\.$`)),
      ]);
    });

    it.each(Object.keys(http))('says that %s is missing over HTTP', (name) => {
      expect(problemsOf({ ...http, [name]: '' })).toEqual([
        expect.stringMatching(new RegExp(`^${name} is missing.+\\.$`)),
      ]);
    });

    it.each([
      ['SLACK_BOT_TOKEN', 'hunter2'],
      ['SLACK_APP_TOKEN', 'xoxb-hunter2'],
      ['SLACK_API_URL', 'hunter2'],
      ['PUBLIC_URL', 'hunter2'],
      ['SECRET_KEY', 'hunter2'],
    ])('refuses a wrong %s without repeating it', (name, value) => {
      const problems = problemsOf({ ...socket, [name]: value });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is not .+\\.$`))]);
      expect(problems[0]).not.toContain('hunter2');
    });

    it('does not come both ways', () => {
      expect(problemsOf({ ...socket, ...http })).toEqual([expect.stringContaining('leave one')]);
    });

    it('is left alone by the playground, whatever is set', () => {
      expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1' }, ['--try']).slack).toBeUndefined();
    });
  });

  describe('Discord', () => {
    const token = 'MTIz.abc.def-_9';

    it('is one of the roles once its token is there', () => {
      expect(readConfig({ DISCORD_TOKEN: token }, [])).toMatchObject({
        roles: ['discord', 'web', 'worker'],
        discord: { token, apiUrl: undefined, guildId: undefined, shards: undefined },
      });
      const more = { DISCORD_API_URL: 'http://proxy/api/', DISCORD_GUILD_ID: '123456789012345678' };
      expect(readConfig({ DISCORD_TOKEN: token, ...more }, []).discord).toMatchObject({
        apiUrl: 'http://proxy/api',
        guildId: '123456789012345678',
      });
    });

    it.each([
      ['0-3/8', { ids: [0, 1, 2, 3], total: 8 }],
      ['5/8', { ids: [5], total: 8 }],
    ])('reads DISCORD_SHARDS=%s', (value, shards) => {
      const { discord } = readConfig({ DISCORD_TOKEN: token, DISCORD_SHARDS: value }, []);
      expect(discord?.shards).toEqual(shards);
    });

    it('says what is of no use without the token, and never repeats it', () => {
      expect(problemsOf({ DISCORD_SHARDS: '0/2' })).toEqual([
        expect.stringMatching(/^DISCORD_SHARDS needs DISCORD_TOKEN.+\.$/),
      ]);
      expect(problemsOf({ DISCORD_TOKEN: 'hunter2' }).join()).not.toContain('hunter2');
    });

    it('is left alone by the playground', () => {
      expect(readConfig({ DISCORD_TOKEN: token }, ['--try']).discord).toBeUndefined();
    });
  });

  describe('with --try', () => {
    it('stays on this machine, in its own folder, and does everything, whatever the variables say', () => {
      const env = {
        ...{ HOST: '0.0.0.0', ROLES: 'web', PORT: '4000', REDIS_URL: 'redis://one' },
        ...{ MONGODB_URI: 'mongodb://one/convenor', DATA_DIR: '/var/lib/convenor' },
      };
      const config = readConfig(env, ['--try']);
      expect(config).toMatchObject({
        mode: 'try',
        // Its clock can be moved, which no queue elsewhere would hear of.
        redis: undefined,
        mongodbUri: undefined,
        dataDir: './data/try',
        host: '127.0.0.1',
        roles: ['web', 'worker'],
        port: 4000,
      });
    });

    it('does not mind a wrong value of a variable that it does not read', () => {
      expect(problemsOf({ DISCORD_TOKEN: 'x', MONGODB_URI: 'x', ROLES: 'x' }, ['--try'])).toEqual(
        [],
      );
    });

    it('still says what is wrong', () => {
      expect(problemsOf({ PORT: 'x' }, ['--try'])).toHaveLength(1);
    });
  });
});

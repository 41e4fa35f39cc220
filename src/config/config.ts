import { z } from 'zod';
import { type DiscordConfig, discordConfig, discordVariables } from './discord.ts';
import { isMongodbAddress } from './mongodb-address.ts';
import { type RedisAddress, readRedisAddress } from './redis-address.ts';
import { type SlackConfig, slackConfig, slackVariables } from './slack.ts';

/** What a process can do: listen on a platform, serve pages, and send what is due. */
const processRoles = ['slack', 'discord', 'web', 'worker'] as const;
type ProcessRole = (typeof processRoles)[number];

/** The settings of this process, read once at the start. Nothing else reads the environment. */
export interface Config {
  /** `try`: everything in one process, with the playground, for this machine alone. */
  mode: 'start' | 'try';
  roles: readonly ProcessRole[];
  /** Absent, and always in try mode: SQLite, in `dataDir`. */
  mongodbUri: string | undefined;
  /** Absent, and always in try mode: jobs run in this process. */
  redis: RedisAddress | undefined;
  /** The folder of the SQLite database. In try mode always a folder of its own. */
  dataDir: string;
  /** How SQLite makes a commit whole: `delete` on a network share. */
  journalMode: (typeof journalModes)[number];
  /** Where backups of the SQLite database go. */
  backupDir: string;
  /** Absent: Slack is not configured. */
  slack: SlackConfig | undefined;
  /** Absent: Discord is not configured. */
  discord: DiscordConfig | undefined;
  host: string;
  /** 0 takes any free port. */
  port: number;
  logLevel: (typeof logLevels)[number];
}

/** The settings cannot be used. The message has one sentence for each problem; none repeats a value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const LOOPBACK = '127.0.0.1';
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const journalModes = ['wal', 'delete'] as const;
const PORT_PROBLEM =
  'PORT is not a port: set it to a whole number from 0 to 65535, or leave it out for 3000.';
const ROLES_PROBLEM = `ROLES takes ${processRoles.join(', ')}, with commas between them: leave it out for all that are configured.`;
const NOT_CONFIGURED_PROBLEMS = {
  slack:
    'ROLES asks for slack, which is not configured: leave it out, or set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (docs/slack.md has the other way too).',
  discord: 'ROLES asks for discord, which is not configured: leave it out, or set DISCORD_TOKEN.',
} as const;
/** The roles that need a configured platform. */
const chatRoles = ['slack', 'discord'] as const;

const REDIS_PROBLEM =
  'REDIS_URL is not a Redis address: write redis://host:6379, rediss://user:password@host:6379/0, redis+sentinel://host1:26379,host2:26379/mymaster or redis+cluster://host1:6379,host2:6379, with marks in a password percent-encoded, or leave it out to run jobs in this process.';

/** Each message says what is wrong and what to do. It never has the value, which may be a secret. */
const schema = z.object({
  MONGODB_URI: z
    .string()
    .refine(
      isMongodbAddress,
      'MONGODB_URI is not a MongoDB address: write mongodb://host:27017/name or mongodb+srv://host/name, with marks in a password percent-encoded, or leave it out to keep the data in a file of SQLite.',
    )
    .optional(),
  REDIS_URL: z
    .string()
    .transform(readRedisAddress)
    .refine((address) => address !== undefined, REDIS_PROBLEM)
    .optional(),
  DATA_DIR: z.string().default('./data'),
  SQLITE_JOURNAL_MODE: z
    .enum(
      journalModes,
      'SQLITE_JOURNAL_MODE takes wal or delete: leave it out for wal, unless DATA_DIR is on a network share.',
    )
    .default('wal'),
  BACKUP_DIR: z.string().default('./backups'),
  ROLES: z
    .string()
    .transform((list) => [...new Set(list.split(/[\s,]+/).filter(Boolean))])
    .pipe(z.array(z.enum(processRoles, ROLES_PROBLEM)).min(1, ROLES_PROBLEM))
    .optional(),
  HOST: z
    .string()
    .regex(
      /^[\w.:-]+$/,
      `HOST is not a host name or an IP address: leave it out for ${LOOPBACK}, or set it to 0.0.0.0 to listen everywhere.`,
    )
    .default(LOOPBACK),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, PORT_PROBLEM)
    .transform(Number)
    .refine((port) => port <= 65_535, PORT_PROBLEM)
    .default(3000),
  LOG_LEVEL: z
    .enum(logLevels, `LOG_LEVEL takes one of ${logLevels.join(', ')}; leave it out for info.`)
    .optional(),
  ...slackVariables,
  ...discordVariables,
});

export type Variable = keyof typeof schema.shape;

/** What is wrong with one variable's value, and how to fix it; undefined if it is valid. */
export function variableProblem(name: Variable, value: string): string | undefined {
  return schema.shape[name].safeParse(value).error?.issues[0]?.message;
}

/** The settings as far as they can be used, for the doctor, which checks the rest all the same. */
export interface UsableSettings {
  /** A variable with an invalid value is left out, and so is a platform with one. */
  config: Config;
  /** One sentence for each problem, as in {@link ConfigError}. */
  problems: readonly string[];
  /** The variables with an invalid value. */
  invalid: ReadonlySet<string>;
}

/** The playground reads only these, so that no setting of a real Convenor can lead it to real data. */
const TRY_VARIABLES: readonly string[] = ['PORT', 'LOG_LEVEL'] satisfies Variable[];

/** The playground's own folder. */
const TRY_DATA_DIR = './data/try';

/**
 * Reads the settings of this process.
 * @param args the command line after the script.
 * @throws ConfigError with all problems at once.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Config {
  const { config, problems } = readUsableSettings(env, args);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Reads the settings, and leaves out what is wrong with them. */
export function readUsableSettings(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): UsableSettings {
  const isTry = args.includes('--try');
  const problems = args.every((arg) => arg === '--try')
    ? []
    : ['There is no such option: the only one is --try; everything else is set by variables.'];
  const given = withoutEmpty(env).filter(([name]) => !isTry || TRY_VARIABLES.includes(name));
  const issues = schema.safeParse(Object.fromEntries(given)).error?.issues ?? [];
  problems.push(...issues.map(({ message }) => message));
  const invalid = new Set(issues.map(({ path }) => String(path[0])));
  const data = schema.parse(Object.fromEntries(given.filter(([name]) => !invalid.has(name))));

  const addProblem = (sentence: string) => void problems.push(sentence);
  const areValid = (variables: object) =>
    Object.keys(variables).every((variable) => !invalid.has(variable));
  const slack = areValid(slackVariables) ? slackConfig(data, addProblem) : undefined;
  const discord = areValid(discordVariables) ? discordConfig(data, addProblem) : undefined;
  const on: Partial<Record<ProcessRole, unknown>> = { web: true, worker: true, slack, discord };
  const roles = data.ROLES ?? processRoles.filter((role) => on[role]);
  if (problems.length === 0) {
    const lacking = chatRoles.filter((role) => roles.includes(role) && !on[role]);
    problems.push(...lacking.map((role) => NOT_CONFIGURED_PROBLEMS[role]));
  }
  if (problems.length === 0 && !data.MONGODB_URI && !roles.includes('worker')) {
    addProblem(
      'ROLES leaves out worker, and no other process can open the SQLite database, so nobody would be reminded: add worker, or set MONGODB_URI.',
    );
  }
  const config: Config = {
    mode: isTry ? 'try' : 'start',
    roles: isTry ? ['web', 'worker'] : roles,
    mongodbUri: data.MONGODB_URI,
    redis: data.REDIS_URL,
    dataDir: isTry ? TRY_DATA_DIR : data.DATA_DIR,
    journalMode: data.SQLITE_JOURNAL_MODE,
    backupDir: data.BACKUP_DIR,
    slack,
    discord,
    host: data.HOST,
    port: data.PORT,
    // People who try it out read the terminal: log only what is wrong.
    logLevel: data.LOG_LEVEL ?? (isTry ? 'warn' : 'info'),
  };
  return { config, problems: [...new Set(problems)], invalid };
}

/** The variables with a value: `PORT=` in an env file counts as absent. */
function withoutEmpty(env: Readonly<Record<string, string | undefined>>): [string, string][] {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return trimmed.filter(([, value]) => value !== '').map(([name, value]) => [name, value]);
}

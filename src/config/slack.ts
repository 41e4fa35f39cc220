import { z } from 'zod';
import { webAddress } from './web-address.ts';

/** How Slack connects to Convenor: Socket Mode for one workspace, or HTTP for many. */
export type SlackConnection = SocketConnection | HttpConnection;

export interface SocketConnection {
  kind: 'socket';
  botToken: string;
  appToken: string;
}

export interface HttpConnection {
  kind: 'http';
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  /** This server's address from outside, without a final slash. */
  publicUrl: string;
  /** 32 bytes each, the newest first. */
  secretKeys: readonly Uint8Array[];
}

export interface SlackConfig {
  connection: SlackConnection;
  /** The base of the Web API, with a final slash; undefined: Slack's own. */
  apiUrl: string | undefined;
}

/** For AES-256. */
const KEY_LENGTH_BYTES = 32;

const SECRET_KEY_PROBLEM =
  'SECRET_KEY is not a key: set it to 32 bytes in base64, as "openssl rand -base64 32" gives them (an older key may follow after a comma).';

/** Slack's variables, all optional; `slackConfig` checks which are needed together. */
export const slackVariables = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(
      /^xox[a-z]-\S+$/,
      'SLACK_BOT_TOKEN is not a bot token: set it to the one that begins with xoxb-, from "Install App" in the settings of the Slack app.',
    )
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(
      /^xapp-\S+$/,
      'SLACK_APP_TOKEN is not an app-level token: set it to the one that begins with xapp-, from "Basic Information" in the settings of the Slack app.',
    )
    .optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_API_URL: z
    .string()
    .regex(
      /^https?:\/\/[^\s/]/,
      'SLACK_API_URL is not an address: write https://slack-gov.com/api/ or the like, or leave it out for https://slack.com/api/.',
    )
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional(),
  PUBLIC_URL: webAddress(
    'PUBLIC_URL is not an address: set it to where people reach this server, such as https://convenor.example.org.',
  ).optional(),
  SECRET_KEY: z
    .string()
    .transform(readSecretKeys)
    .refine((keys) => keys !== undefined, SECRET_KEY_PROBLEM)
    .optional(),
};

type Variables = z.output<z.ZodObject<typeof slackVariables>>;

const SOCKET_VARIABLES = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const;
const HTTP_VARIABLES = ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const;
/** HTTP needs these too; they are not Slack's alone. */
const SHARED_VARIABLES = ['PUBLIC_URL', 'SECRET_KEY'] as const;

/**
 * The settings for Slack; undefined if it is not configured.
 * @param addProblem called with a sentence for what is missing or too much.
 */
export function slackConfig(
  variables: Variables,
  addProblem: (sentence: string) => void,
): SlackConfig | undefined {
  const has = (name: keyof Variables) => variables[name] !== undefined;
  const usedSets = [SOCKET_VARIABLES, HTTP_VARIABLES].filter((names) => names.some(has));
  if (usedSets.length === 0) return undefined;
  if (usedSets.length === 2) {
    addProblem(
      'SLACK_BOT_TOKEN and SLACK_APP_TOKEN are for one workspace, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many: leave one of the two sets out.',
    );
    return undefined;
  }
  const needed =
    has('SLACK_BOT_TOKEN') || has('SLACK_APP_TOKEN')
      ? SOCKET_VARIABLES
      : [...HTTP_VARIABLES, ...SHARED_VARIABLES];
  const missing = needed.filter((name) => !has(name));
  for (const name of missing) {
    const rest = needed.filter((other) => other !== name).join(', ');
    addProblem(`${name} is missing: Slack needs it together with ${rest}.`);
  }
  if (missing.length > 0) return undefined;
  return { connection: connectionFrom(variables), apiUrl: variables.SLACK_API_URL };
}

/** Expects that nothing is missing. */
function connectionFrom(variables: Variables): SlackConnection {
  const { SLACK_BOT_TOKEN: botToken = '', SLACK_APP_TOKEN: appToken } = variables;
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken };
  return {
    kind: 'http',
    signingSecret: variables.SLACK_SIGNING_SECRET ?? '',
    clientId: variables.SLACK_CLIENT_ID ?? '',
    clientSecret: variables.SLACK_CLIENT_SECRET ?? '',
    publicUrl: variables.PUBLIC_URL ?? '',
    secretKeys: variables.SECRET_KEY ?? [],
  };
}

/**
 * Reads `SECRET_KEY`: 32 bytes in base64 (or base64url), or several with commas between them, the newest first.
 * @returns the keys in that order, or undefined if the text is anything else.
 */
export function readSecretKeys(text: string): Uint8Array[] | undefined {
  const parts = text.split(',').map((part) => part.trim());
  const keys = parts.map((part) => Buffer.from(part, 'base64'));
  const good = parts.every(
    (part, index) => isBase64(part) && keys[index]?.length === KEY_LENGTH_BYTES,
  );
  return good ? keys : undefined;
}

/** Buffer skips invalid characters, so a typing error would silently become another key. */
function isBase64(part: string): boolean {
  return /^[\w+/-]+={0,2}$/.test(part);
}

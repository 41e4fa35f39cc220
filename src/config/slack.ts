import { z } from 'zod';
import { address } from './address.ts';
import { readSecretKeys } from './secret-keys.ts';

/** How Slack reaches this installation: a socket for one workspace, or HTTP for many. */
export type SlackWay = SocketWay | HttpWay;

export interface SocketWay {
  kind: 'socket';
  botToken: string;
  appToken: string;
}

export interface HttpWay {
  kind: 'http';
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  /** Where this process is reached from outside; no slash at its end. */
  publicUrl: string;
  /** 32 bytes each, the newest first. */
  secretKeys: readonly Uint8Array[];
}

export interface SlackConfig {
  way: SlackWay;
  /** Another base of the Web API, ending in a slash. */
  apiUrl: string | undefined;
}

const SECRET_KEY_PROBLEM =
  'SECRET_KEY is not a key: set it to 32 bytes in base64, as "openssl rand -base64 32" gives them (an older key may follow after a comma).';

/** The variables of Slack, each of them optional: which ones are needed together is for `slackConfig`. */
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
  PUBLIC_URL: address(
    'PUBLIC_URL is not an address: set it to where people reach this server, such as https://convenor.example.org.',
  ).optional(),
  SECRET_KEY: z
    .string()
    .transform(readSecretKeys)
    .refine((keys) => keys !== undefined, SECRET_KEY_PROBLEM)
    .optional(),
};

type Variables = z.output<z.ZodObject<typeof slackVariables>>;

const SOCKET = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const;
const HTTP = ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const;
/** What HTTP needs besides: other platforms may need these too. */
const OUTSIDE = ['PUBLIC_URL', 'SECRET_KEY'] as const;

/**
 * What is configured of Slack; undefined where nothing is.
 * @param problem takes a sentence for what is missing or too much.
 */
export function slackConfig(
  variables: Variables,
  problem: (sentence: string) => void,
): SlackConfig | undefined {
  const has = (name: keyof Variables) => variables[name] !== undefined;
  const way = [SOCKET, HTTP].filter((names) => names.some(has));
  if (way.length === 0) return undefined;
  if (way.length === 2) {
    problem(
      'SLACK_BOT_TOKEN and SLACK_APP_TOKEN are for one workspace, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many: leave one of the two sets out.',
    );
    return undefined;
  }
  const needed = has('SLACK_BOT_TOKEN') || has('SLACK_APP_TOKEN') ? SOCKET : [...HTTP, ...OUTSIDE];
  const missing = needed.filter((name) => !has(name));
  for (const name of missing) {
    const rest = needed.filter((other) => other !== name).join(', ');
    problem(`${name} is missing: Slack needs it together with ${rest}.`);
  }
  if (missing.length > 0) return undefined;
  return { way: wayOf(variables), apiUrl: variables.SLACK_API_URL };
}

/** Nothing is missing any more. */
function wayOf(variables: Variables): SlackWay {
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

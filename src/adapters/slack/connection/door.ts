import { type App, isValidSlackRequest, type Receiver } from '@slack/bolt';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  Router,
} from 'express';
import type { Clock } from '../../../core/base/clock.ts';
import { errorFields, type Log } from '../../../core/base/log.ts';
import { EVENTS_PATH } from '../manifest.ts';

/** The largest body (bytes): far more than anything of ours comes back as. */
const LARGEST_BODY = 256 * 1024;
/** How far a request's time may be from ours, either way (seconds), so that none can be replayed later. */
const WINDOW = 300;

export interface DoorOptions {
  signingSecret: string;
  clock: Clock;
  log: Log;
}

/** The door for Slack's signed requests: a Bolt receiver whose routes stand in the process's one HTTP server. */
export interface Door extends Receiver {
  readonly routes: Router;
}

/** Lets in what Slack has signed just now and can be read, answers the rest, and never fails itself. */
export function door(options: DoorOptions): Door {
  let app: App | undefined;
  let isOpen = false;

  const receive: RequestHandler = async (request, response) => {
    const body = request.body as Record<string, unknown>;
    if (!app || !isOpen) return void response.status(503).end();
    if (body.ssl_check === '1') return void response.end();
    if (body.type === 'url_verification') {
      return void response.json({ challenge: String(body.challenge) });
    }
    const ack = async (answer?: unknown) => {
      if (response.headersSent) return;
      if (answer === undefined || answer === '') response.end();
      else response.json(answer);
    };
    try {
      await app.processEvent({ body, ack });
      // Nothing of ours takes it, so trying again would not help: https://docs.slack.dev/apis/events-api#failure
      if (!response.headersSent) response.status(404).end();
    } catch (error) {
      options.log.warn(errorFields(error), 'slack sent what cannot be read');
      if (!response.headersSent) response.status(400).end();
    }
  };

  const routes = Router();
  // The signature is over the bytes as they came; nothing that Slack sends is compressed.
  const raw = express.raw({ type: () => true, limit: LARGEST_BODY, inflate: false });
  routes.post(EVENTS_PATH, raw, signed(options), readable, receive, failed);
  return {
    routes,
    init: (bolt) => {
      app = bolt;
    },
    async start() {
      isOpen = true;
    },
    async stop() {
      isOpen = false;
    },
  };
}

/** What an operator reads once, where nothing has come in rightly signed so far. */
const UNSIGNED =
  'A request was turned away: it was not signed with SLACK_SIGNING_SECRET, or not just now. If Slack sent it, copy the Signing Secret again from "Basic Information" in the settings of the Slack app, and see that the clock of this machine is right.';

/** Turns away what is not signed by Slack within the last minutes, or claims to come from the future. */
function signed({ signingSecret, clock, log }: DoorOptions): RequestHandler {
  // Anybody may send anything here: what is told once cannot fill the log.
  let isTold = false;
  return (request, response, next) => {
    const now = clock.now().getTime();
    const stamp = request.get('x-slack-request-timestamp') ?? '';
    const at = /^\d{1,12}$/.test(stamp) ? Number(stamp) : Number.NaN;
    const isNow = Math.abs(now / 1000 - at) <= WINDOW;
    const headers = {
      'x-slack-request-timestamp': at,
      'x-slack-signature': request.get('x-slack-signature') ?? '',
    };
    const asked = { signingSecret, body: rawBody(request), headers, nowMilliseconds: now };
    const isSlacks = isNow && isValidSlackRequest(asked);
    if (!isSlacks && !isTold) log.warn({}, UNSIGNED);
    isTold = true;
    if (isSlacks) next();
    else response.status(401).end();
  };
}

/** Turns away what is not an object in the end: Bolt dereferences it unseen. */
const readable: RequestHandler = (request, response, next) => {
  const body = bodyOf(rawBody(request), request.is('application/json') !== false);
  if (!body) return void response.status(400).end();
  request.body = body;
  next();
};

function rawBody({ body }: Request): string {
  return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}

function bodyOf(text: string, isJson: boolean): object | undefined {
  try {
    const fields = isJson ? undefined : new URLSearchParams(text);
    const json = fields ? fields.get('payload') : text;
    const body: unknown = json === null ? Object.fromEntries(fields ?? []) : JSON.parse(json);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** What could not even be read: too large (413), compressed (415), broken off (400). */
const failed: ErrorRequestHandler = (error: { status?: unknown }, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status } = error;
  response.status(typeof status === 'number' && status < 500 ? status : 400).end();
};

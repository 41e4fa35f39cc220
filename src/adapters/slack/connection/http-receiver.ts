import { type App, isValidSlackRequest, type Receiver } from '@slack/bolt';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  Router,
} from 'express';
import type { Clock } from '../../../core/base/clock.ts';
import { errorFields, type Log } from '../../../core/base/log.ts';
import { EVENTS_PATH } from '../manifest/manifest.ts';

/** Far more than any request that answers something of ours. */
const MAX_BODY_BYTES = 256 * 1024;
/** How far a request's timestamp may be from our clock, so that old requests cannot be replayed. */
const MAX_TIMESTAMP_SKEW_S = 300;

export interface HttpReceiverOptions {
  signingSecret: string;
  clock: Clock;
  log: Log;
}

/** A Bolt receiver whose routes belong to the HTTP server that all of the process shares. */
export interface SlackHttpReceiver extends Receiver {
  readonly routes: Router;
}

/** Receives Slack's requests. A request that is not signed, is too old or cannot be read gets an HTTP error. */
export function httpReceiver(options: HttpReceiverOptions): SlackHttpReceiver {
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
      // No listener handles it, so trying again would not help: https://docs.slack.dev/apis/events-api#failure
      if (!response.headersSent) response.status(404).end();
    } catch (error) {
      options.log.warn(errorFields(error), 'slack sent what cannot be read');
      if (!response.headersSent) response.status(400).end();
    }
  };

  const routes = Router();
  // Slack signs the bytes as they are sent, and compresses nothing.
  const raw = express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });
  routes.post(EVENTS_PATH, raw, requireSignature(options), parseBody, receive, rejectUnreadable);
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

/** Logged once, if the first request is not signed correctly. */
const UNSIGNED =
  'A request was turned away: it was not signed with SLACK_SIGNING_SECRET, or not just now. If Slack sent it, copy the Signing Secret again from "Basic Information" in the settings of the Slack app, and see that the clock of this machine is right.';

/** Rejects requests that Slack has not signed within the last minutes. */
function requireSignature({ signingSecret, clock, log }: HttpReceiverOptions): RequestHandler {
  // Anybody can send requests here, so this is logged once only: it must not fill the log.
  let isFirst = true;
  return (request, response, next) => {
    const now = clock.now().getTime();
    const stamp = request.get('x-slack-request-timestamp') ?? '';
    const at = /^\d{1,12}$/.test(stamp) ? Number(stamp) : Number.NaN;
    const isRecent = Math.abs(now / 1000 - at) <= MAX_TIMESTAMP_SKEW_S;
    const headers = {
      'x-slack-request-timestamp': at,
      'x-slack-signature': request.get('x-slack-signature') ?? '',
    };
    const signed = { signingSecret, body: rawBody(request), headers, nowMilliseconds: now };
    const isFromSlack = isRecent && isValidSlackRequest(signed);
    if (!isFromSlack && isFirst) log.warn({}, UNSIGNED);
    isFirst = false;
    if (isFromSlack) next();
    else response.status(401).end();
  };
}

/** Rejects a body that is not an object, because Bolt reads its fields without looking. */
const parseBody: RequestHandler = (request, response, next) => {
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

/** Answers requests whose body could not be received: too large (413), compressed (415) or cut off (400). */
const rejectUnreadable: ErrorRequestHandler = (
  error: { status?: unknown },
  _request,
  response,
  next,
) => {
  if (response.headersSent) return next(error);
  const { status } = error;
  response.status(typeof status === 'number' && status < 500 ? status : 400).end();
};

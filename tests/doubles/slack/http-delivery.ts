import { createHmac } from 'node:crypto';
import type { Json } from '../json.ts';
import { NotAcknowledged } from '../not-acknowledged.ts';
import type { SocketMode } from './socket.ts';

export type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** One payload to be sent to the app. It can be sent again, as Slack does when it gets no answer. */
export interface Envelope {
  kind: Kind;
  payload: Json;
}

/** The app's acknowledgement. */
export interface Ack {
  /** The body of the answer; undefined when it is empty. */
  body: unknown;
  /** How long it took (ms). */
  ms: number;
  /** What was sent. It can be sent again. */
  envelope: Envelope;
}

/** The app's address for signed requests. */
export interface AppEndpoint {
  url: string;
  signingSecret: string;
}

/** Slack's limit for an acknowledgement: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
export const ACK_TIMEOUT_MS = 3000;

/** Sends payloads to the app: to its endpoint if it has one, else over Socket Mode. */
export class HttpDelivery {
  readonly acks: { kind: Kind; ms: number }[] = [];
  endpoint: AppEndpoint | undefined;
  readonly #socket: SocketMode;
  readonly #now: () => number;
  readonly #ackTimeoutMs: number;

  /**
   * @param now Slack's time (ms since 1970 UTC).
   * @param ackTimeoutMs how long it waits for an acknowledgement.
   */
  constructor(socket: SocketMode, now: () => number, ackTimeoutMs: number) {
    this.#socket = socket;
    this.#now = now;
    this.#ackTimeoutMs = ackTimeoutMs;
  }

  /** Sends and waits. @throws NotAcknowledged when the app takes more than 3 s, or answers with another status than 200. */
  async deliver({ kind, payload }: Envelope, retry = 0): Promise<Ack> {
    const start = performance.now();
    const envelope = { kind, payload };
    const carried = this.endpoint
      ? this.#request(this.endpoint, envelope, retry)
      : this.#socket.deliver(kind, payload, retry ? retryFields(retry) : {});
    const body = await this.#within(carried).catch((error: Error) => {
      throw new NotAcknowledged(error.message, envelope);
    });
    const ms = performance.now() - start;
    this.acks.push({ kind, ms });
    return { body, ms, envelope };
  }

  /** Whether the app can be reached at all. */
  get open(): boolean {
    return this.endpoint !== undefined || this.#socket.connections > 0;
  }

  async #request(
    endpoint: AppEndpoint,
    { kind, payload }: Envelope,
    retry: number,
  ): Promise<unknown> {
    const form = (fields: Json) => new URLSearchParams(fields as Record<string, string>).toString();
    const body = {
      slash_commands: () => form(payload),
      interactive: () => form({ payload: JSON.stringify(payload) }),
      events_api: () => JSON.stringify(payload),
    }[kind]();
    const { status, text } = await sendSigned(endpoint, body, this.#now(), {
      contentType: kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      headers: retry
        ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }
        : {},
    });
    if (status !== 200) throw new Error(`The app answered ${status}: ${text.slice(0, 200)}`);
    if (!text) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return { text };
    }
  }

  async #within(acknowledged: Promise<unknown>): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const ms = this.#ackTimeoutMs;
      const error = new Error(`operation_timeout: the app did not acknowledge within ${ms} ms.`);
      timer = setTimeout(() => reject(error), ms);
    });
    return Promise.race([acknowledged, late]).finally(() => clearTimeout(timer));
  }
}

/** Wrong parts of a request, on purpose. */
export interface RequestOverrides {
  /** Seconds since 1970; Slack's now by default. */
  timestamp?: number | string;
  signature?: string;
  contentType?: string;
  /** Another path than that of the endpoint. */
  path?: string;
  headers?: Record<string, string>;
}

/** Sends a body to the app as Slack signs it: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export async function sendSigned(
  endpoint: AppEndpoint,
  body: string,
  now: number,
  overrides: RequestOverrides = {},
) {
  const timestamp = String(overrides.timestamp ?? Math.floor(now / 1000));
  const digest = createHmac('sha256', endpoint.signingSecret).update(`v0:${timestamp}:${body}`);
  const response = await fetch(
    overrides.path ? new URL(overrides.path, endpoint.url) : endpoint.url,
    {
      method: 'POST',
      body,
      headers: {
        // On a kept connection a request could meet the app's closing of it.
        connection: 'close',
        'content-type': overrides.contentType ?? 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': overrides.signature ?? `v0=${digest.digest('hex')}`,
        ...overrides.headers,
      },
    },
  );
  return { status: response.status, text: await response.text() };
}

const retryFields = (retry: number) => ({ retry_attempt: retry, retry_reason: 'timeout' });

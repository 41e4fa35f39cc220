import { createHmac } from 'node:crypto';
import type { Json } from '../json.ts';
import { NotAcknowledged } from '../not-acknowledged.ts';
import type { SocketMode } from './socket.ts';

export type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** One thing on its way to the app. It can be sent again, as Slack does when it hears nothing. */
export interface Parcel {
  kind: Kind;
  payload: Json;
}

/** How the app took it. */
export interface Ack {
  /** What it answered; undefined when it answered with nothing. */
  body: unknown;
  /** How long it took, in ms. */
  ms: number;
  /** What it was sent; the same can be sent again. */
  parcel: Parcel;
}

/** The app's door for signed requests. */
export interface Door {
  url: string;
  signingSecret: string;
}

/** Slack's limit for every acknowledgement: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
export const MOST_MS = 3000;

/** Carries what users do to the app: to its door when it has one, else over Socket Mode. */
export class Courier {
  readonly acks: { kind: Kind; ms: number }[] = [];
  door: Door | undefined;
  readonly #socket: SocketMode;
  readonly #now: () => number;

  /** @param now Slack's time, in ms. */
  constructor(socket: SocketMode, now: () => number) {
    this.#socket = socket;
    this.#now = now;
  }

  /** Delivers; throws NotAcknowledged when the app takes more than 3 s, or answers with another status than 200. */
  async deliver({ kind, payload }: Parcel, retry = 0): Promise<Ack> {
    const start = performance.now();
    const parcel = { kind, payload };
    const carried = this.door
      ? this.#request(this.door, parcel, retry)
      : this.#socket.deliver(kind, payload, retry ? again(retry) : {});
    const body = await this.#within(carried).catch((error: Error) => {
      throw new NotAcknowledged(error.message, parcel);
    });
    const ms = performance.now() - start;
    this.acks.push({ kind, ms });
    return { body, ms, parcel };
  }

  /** Whether the app can be reached at all. */
  get open(): boolean {
    return this.door !== undefined || this.#socket.connections > 0;
  }

  async #request(door: Door, { kind, payload }: Parcel, retry: number): Promise<unknown> {
    const form = (fields: Json) => new URLSearchParams(fields as Record<string, string>).toString();
    const body = {
      slash_commands: () => form(payload),
      interactive: () => form({ payload: JSON.stringify(payload) }),
      events_api: () => JSON.stringify(payload),
    }[kind]();
    const { status, text } = await sendSigned(door, body, this.#now(), {
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
      const error = new Error('operation_timeout: the app did not acknowledge within 3 s.');
      timer = setTimeout(() => reject(error), MOST_MS);
    });
    return Promise.race([acknowledged, late]).finally(() => clearTimeout(timer));
  }
}

/** What may be wrong with a request, on purpose. */
export interface Forged {
  /** Seconds since 1970; Slack's now by default. */
  timestamp?: number | string;
  signature?: string;
  contentType?: string;
  /** Another path than the door's. */
  path?: string;
  headers?: Record<string, string>;
}

/** Sends a body to the app as Slack signs it: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export async function sendSigned(door: Door, body: string, now: number, forged: Forged = {}) {
  const timestamp = String(forged.timestamp ?? Math.floor(now / 1000));
  const digest = createHmac('sha256', door.signingSecret).update(`v0:${timestamp}:${body}`);
  const response = await fetch(forged.path ? new URL(forged.path, door.url) : door.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': forged.contentType ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': forged.signature ?? `v0=${digest.digest('hex')}`,
      ...forged.headers,
    },
  });
  return { status: response.status, text: await response.text() };
}

const again = (retry: number) => ({ retry_attempt: retry, retry_reason: 'timeout' });

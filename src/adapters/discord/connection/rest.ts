import {
  DefaultRestOptions,
  DiscordAPIError,
  RateLimitError,
  type RawFile,
  REST,
  type RESTOptions,
  type RequestMethod,
  type RouteLike,
} from 'discord.js';
import { RETRY_WHEN_UNREACHABLE_MS } from '../../shared/failure.ts';

/** For the calls of a delivery: with the call before it, this is less than the delivery's lease. */
export const CALL_TIMEOUT_MS = 1_500;

/** For all other calls. */
const SLOW_CALL_TIMEOUT_MS = 10_000;

/** Discord's global limit is 50 calls a second: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const GLOBAL_LIMIT_WINDOW_MS = 1_000;

/** After Discord has refused the token, no call is made for so long: 10,000 refusals in ten minutes lead to a ban. */
const REFUSED_TOKEN_PAUSE_MS = 60_000;

/** A header that identifies our call inside the client. It is removed before the request is sent. */
const CALL_HEADER = 'x-convenor-call';

interface CallOptions {
  body?: unknown;
  /** Sent along with the body, as multipart. */
  files?: RawFile[];
  query?: Record<string, string>;
  /** False if the URL itself has a token (answers to an interaction). */
  auth?: boolean;
  timeoutMs?: number;
}

/** Discord's REST API as Convenor's bot. */
export interface Rest {
  /** @throws NotSentError if Discord has certainly not received the call, else what discord.js throws. */
  call<T = unknown>(method: `${RequestMethod}`, route: RouteLike, call?: CallOptions): Promise<T>;
  /** Whether Discord refused the token the last time it was used. */
  refusesToken(): boolean;
}

/** A call that has not left this machine, so that repeating it is safe. */
export class NotSentError extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number, cause?: unknown) {
    super('The call was not made.', { cause });
    this.name = 'NotSentError';
    this.retryAfterMs = retryAfterMs;
  }
}

/** The options of every client. @param apiUrl another API base, without a version and a slash at its end. */
export function restOptions(apiUrl: string | undefined) {
  return {
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: SLOW_CALL_TIMEOUT_MS,
  };
}

/**
 * A form with files as bytes. The libraries of Slack and Discord each bring their own version of undici, but all versions
 * in a process share one dispatcher, and the one of Slack's cannot send a form of another version.
 */
async function encodeForm(form: FormData) {
  const encoded = new Response(form);
  return {
    body: new Uint8Array(await encoded.arrayBuffer()),
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  };
}

/**
 * The REST client of discord.js, without its retries: they would post a message twice, or wait for a rate limit while
 * the lease of a delivery runs out. A channel's rate limit is returned as an error at once: the delivery ledger paces
 * each channel.
 */
export function createRest({ token, apiUrl }: { token: string; apiUrl: string | undefined }): Rest {
  /** The calls that are being made. A call that is not sent by `sendBy` (`performance.now()`) is not sent at all. */
  const calls = new Map<string, { isSent: boolean; sendBy: number }>();
  let count = 0;
  const clientOptions: Partial<RESTOptions> = {
    ...restOptions(apiUrl),
    rejectOnRateLimit: ({ route, global, timeToReset }) =>
      /^\/(channels|users)/.test(route) && !(global && timeToReset <= GLOBAL_LIMIT_WINDOW_MS),
    async makeRequest(url, init) {
      const { [CALL_HEADER]: name = '', ...headers } = init.headers as Record<string, string>;
      const form = init.body instanceof FormData ? await encodeForm(init.body) : undefined;
      const call = calls.get(name);
      const isLate = call !== undefined && performance.now() > call.sendBy;
      if (isLate || init.signal?.aborted) throw new NotSentError(GLOBAL_LIMIT_WINDOW_MS);
      if (call) call.isSent = true;
      const body = form?.body ?? init.body;
      return DefaultRestOptions.makeRequest(url, {
        ...init,
        headers: { ...headers, ...form?.headers },
        ...(body === undefined ? {} : { body }),
      });
    },
  };
  const client = new REST(clientOptions);
  // The global limit does not count answers to interactions, and they must not wait for it.
  const answers = new REST({ ...clientOptions, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  let refusedAt: number | undefined;

  async function call<T>(
    method: `${RequestMethod}`,
    route: RouteLike,
    options: CallOptions = {},
  ): Promise<T> {
    const { body, files, query, auth = true, timeoutMs = SLOW_CALL_TIMEOUT_MS } = options;
    const isPaused =
      refusedAt !== undefined && performance.now() - refusedAt < REFUSED_TOKEN_PAUSE_MS;
    if (auth && isPaused) throw new NotSentError(RETRY_WHEN_UNREACHABLE_MS);
    // After a long wait for the global limit, too little time would be left for the answer.
    const state = { isSent: false, sendBy: performance.now() + timeoutMs / 2 };
    const name = `${++count}`;
    calls.set(name, state);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const request = {
        method: method as RequestMethod,
        fullRoute: route,
        headers: { [CALL_HEADER]: name },
        auth,
        signal,
        ...(body === undefined ? {} : { body }),
        ...(files === undefined ? {} : { files }),
        ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
      };
      // The client drops its token as soon as Discord refuses it.
      const rest = auth ? client.setToken(token) : answers;
      const answer = await rest.request(request);
      if (auth) refusedAt = undefined;
      return answer as T;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401 && auth) {
        refusedAt = performance.now();
      }
      const isKnown = error instanceof RateLimitError || error instanceof NotSentError;
      if (state.isSent || isKnown) throw error;
      throw new NotSentError(
        signal.aborted ? GLOBAL_LIMIT_WINDOW_MS : RETRY_WHEN_UNREACHABLE_MS,
        error,
      );
    } finally {
      calls.delete(name);
    }
  }

  return { call, refusesToken: () => refusedAt !== undefined };
}

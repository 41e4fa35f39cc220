import {
  DefaultRestOptions,
  DiscordAPIError,
  RateLimitError,
  REST,
  type RESTOptions,
  type RequestMethod,
  type RouteLike,
} from 'discord.js';
import { RETRY_WHEN_UNREACHABLE_MS } from '../../shared/post.ts';

/** How long one call of a delivery may take (ms): with the one before it, less than the lease. */
export const CALL_LIMIT = 1_500;

/** How long any other call may take (ms). */
const LONGEST_CALL = 10_000;

/** Discord's limit over all routes is 50 calls a second: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const PACED = 1_000;

/** After Discord has refused the token no call leaves for so long (ms): 10,000 refusals in ten minutes end in a ban. */
const REFUSED = 60_000;

/** Names a call of ours on its way through the client; it does not leave with it. */
const CALL = 'x-convenor-call';

interface Call {
  body?: unknown;
  query?: Record<string, string>;
  /** False where the address itself holds a token (the answers to an interaction). */
  auth?: boolean;
  /** The most it may take (ms). */
  limit?: number;
}

/** Discord's REST API as Convenor's bot. */
export interface Rest {
  /** @throws NeverLeft where it is certain that Discord has heard nothing; else as discord.js does. */
  call<T = unknown>(method: `${RequestMethod}`, route: RouteLike, call?: Call): Promise<T>;
  /** Whether Discord has refused the token, and has not taken it since. */
  refusesToken(): boolean;
}

/** A call that has not left this machine. */
export class NeverLeft extends Error {
  /** How long until it may be tried again (ms). */
  readonly wait: number;

  constructor(wait: number, cause?: unknown) {
    super('The call was not made.', { cause });
    this.name = 'NeverLeft';
    this.wait = wait;
  }
}

/** What every client is made with. @param apiUrl another base, without a version and a slash at its end. */
export function restOptions(apiUrl: string | undefined) {
  return { ...(apiUrl === undefined ? {} : { api: apiUrl }), retries: 0, timeout: LONGEST_CALL };
}

/**
 * The REST client of discord.js, which on its own would post again after an error of Discord's (and so post twice),
 * and wait out a rate limit while the lease of a delivery runs out. Here it repeats nothing, and the limit of a
 * channel is told at once: channels are paced by the ledger.
 */
export function restOver({ token, apiUrl }: { token: string; apiUrl: string | undefined }): Rest {
  /** The calls that are being made: whether each has left, and by when it has to (ms). */
  const leaving = new Map<string, { hasLeft: boolean; leavesBy: number }>();
  let count = 0;
  const options: Partial<RESTOptions> = {
    ...restOptions(apiUrl),
    rejectOnRateLimit: ({ route, global, timeToReset }) =>
      /^\/(channels|users)/.test(route) && !(global && timeToReset <= PACED),
    makeRequest(url, init) {
      const { [CALL]: name = '', ...headers } = init.headers as Record<string, string>;
      const call = leaving.get(name);
      const isLate = call !== undefined && performance.now() > call.leavesBy;
      if (isLate || init.signal?.aborted) return Promise.reject(new NeverLeft(PACED));
      if (call) call.hasLeft = true;
      return DefaultRestOptions.makeRequest(url, { ...init, headers });
    },
  };
  const client = new REST(options);
  // Answers to interactions are not bound to the limit over all routes (see PACED), and may not wait for it.
  const answers = new REST({ ...options, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  let refusedAt: number | undefined;

  async function call<T>(method: `${RequestMethod}`, route: RouteLike, how: Call = {}): Promise<T> {
    const { body, query, auth = true, limit = LONGEST_CALL } = how;
    const isPaused = refusedAt !== undefined && performance.now() - refusedAt < REFUSED;
    if (auth && isPaused) throw new NeverLeft(RETRY_WHEN_UNREACHABLE_MS);
    // After a long wait for the limit over all routes too little time would be left to hear the answer.
    const state = { hasLeft: false, leavesBy: performance.now() + limit / 2 };
    const name = `${++count}`;
    leaving.set(name, state);
    const signal = AbortSignal.timeout(limit);
    try {
      const asked = {
        method: method as RequestMethod,
        fullRoute: route,
        headers: { [CALL]: name },
        auth,
        signal,
        ...(body === undefined ? {} : { body }),
        ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
      };
      // It forgets the token when Discord refuses it once.
      const through = auth ? client.setToken(token) : answers;
      const answer = await through.request(asked);
      if (auth) refusedAt = undefined;
      return answer as T;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401 && auth) {
        refusedAt = performance.now();
      }
      const isTold = error instanceof RateLimitError || error instanceof NeverLeft;
      if (state.hasLeft || isTold) throw error;
      throw new NeverLeft(signal.aborted ? PACED : RETRY_WHEN_UNREACHABLE_MS, error);
    } finally {
      leaving.delete(name);
    }
  }

  return { call, refusesToken: () => refusedAt !== undefined };
}

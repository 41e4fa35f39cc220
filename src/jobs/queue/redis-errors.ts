import { QueueError, type QueueTrouble } from '../../core/ports/jobs.ts';

interface Meaning {
  trouble: QueueTrouble;
  sentence: (server: string) => string;
}

const full: Meaning = {
  trouble: 'full',
  sentence: (server) =>
    `The Redis at ${server} is full. Give it more memory (maxmemory), or remove what else is in it: Convenor goes on by itself as soon as there is room.`,
};
const replica: Meaning = {
  trouble: 'read-only',
  sentence: (server) =>
    `The Redis at ${server} is a replica, so it takes no writes. Name its master in REDIS_URL, or the sentinels that know the master.`,
};
const refused: Meaning = {
  trouble: 'refused',
  sentence: (server) =>
    `The Redis at ${server} refuses the user or the password in REDIS_URL, or that user may not do what Convenor needs. Correct them there.`,
};

/** What the codes at the start of Redis's error replies mean for the person who runs Convenor. */
const MEANINGS: { readonly [code: string]: Meaning } = {
  OOM: full,
  READONLY: replica,
  // A worker that waits for a job is told so when its server becomes a replica.
  UNBLOCKED: replica,
  NOAUTH: refused,
  WRONGPASS: refused,
  NOPERM: refused,
  MISCONF: {
    trouble: 'read-only',
    sentence: (server) =>
      `The Redis at ${server} cannot save its data on its disk, so it takes no writes. See its log, and make room on that disk.`,
  },
  LOADING: {
    trouble: 'unreachable',
    sentence: (server) =>
      `The Redis at ${server} has been started and reads its data. Convenor goes on by itself when it is ready.`,
  },
};

/** What an error reply means; undefined if it is no trouble of the server. */
export function redisTrouble(error: unknown, server: string): QueueError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { previousErrors = [] } = error as { previousErrors?: unknown[] };
  const replies = [error, ...previousErrors].map((one) => String((one as Error).message));
  // In a script's error the code of the command that failed may stand behind its own.
  const codes = replies.flatMap((reply) => reply.match(/\b[A-Z]{3,}\b/g) ?? []);
  const meaning = codes.map((code) => MEANINGS[code]).find((known) => known !== undefined);
  return meaning && new QueueError(meaning.trouble, meaning.sentence(server));
}

/** The error while there is no connection. @param reason the driver's last error: it quotes no password. */
export function redisUnreachable(server: string, reason: string | undefined): QueueError {
  const why = reason ? ` (${reason})` : '';
  return new QueueError(
    'unreachable',
    `The Redis at ${server} is not connected${why}. See that it is running, and that REDIS_URL names it: Convenor goes on by itself as soon as it answers.`,
  );
}

/**
 * Finds trouble in what Redis says of itself, before a job fails because of it.
 * @param info its reply to INFO: https://redis.io/docs/latest/commands/info/
 */
export function troubleInInfo(info: string, server: string): QueueError | undefined {
  const values = new Map(
    info.split('\r\n').map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*:/, '')]),
  );
  const number = (name: string) => Number(values.get(name) ?? 0);
  const error = ({ trouble, sentence }: Meaning) => new QueueError(trouble, sentence(server));
  if (values.get('role') === 'slave' && values.get('slave_read_only') !== '0') {
    return error(replica);
  }
  const policy = values.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    return new QueueError(
      'evicting',
      `The Redis at ${server} throws jobs away when it is full (maxmemory-policy ${policy}). Set maxmemory-policy to noeviction, in its configuration or with CONFIG SET.`,
    );
  }
  const isFull = number('maxmemory') > 0 && number('used_memory') >= number('maxmemory');
  return isFull ? error(full) : undefined;
}

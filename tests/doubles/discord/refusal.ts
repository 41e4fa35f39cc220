import { RESTJSONErrorCodes as Code } from 'discord.js';
import type { Json } from '../json.ts';
import { errorTree, type Problem } from './problem.ts';

/** What is neither unknown (404) nor plainly wrong (400). */
const STATUS: Readonly<Record<number, number>> = {
  [Code.GeneralError]: 404,
  [Code.InvalidWebhookToken]: 401,
  [Code.MissingAccess]: 403,
  [Code.MissingPermissions]: 403,
  [Code.CannotEditMessageAuthoredByAnotherUser]: 403,
  [Code.CannotSendMessagesToThisUser]: 403,
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: 403,
};
const WORDS: Readonly<Record<number, string>> = {
  [Code.GeneralError]: '404: Not Found',
  [Code.InvalidFormBodyOrContentType]: 'Invalid Form Body',
  [Code.InvalidActionOnArchivedThread]: 'Thread is archived',
};

/** Discord says no, with one of its documented codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  /** What no app should ever send: set when the request itself is wrong, not merely out of luck. */
  readonly violation: string | undefined;
  readonly #problems: readonly Problem[];

  constructor(code: number, violation?: string, problems: readonly Problem[] = []) {
    const named = Code[code]?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    if (!named) throw new Error(`Discord has no error ${code}.`);
    super(WORDS[code] ?? named);
    this.status = STATUS[code] ?? (code < 20_000 ? 404 : 400);
    this.code = code;
    this.violation = violation;
    this.#problems = problems;
  }

  /** The answer's body: https://docs.discord.com/developers/reference#error-messages */
  get body(): Json {
    const { message, code } = this;
    const errors = this.#problems.length ? { errors: errorTree(this.#problems) } : {};
    return { message, code, ...errors };
  }
}

/** Throws 50035, Invalid Form Body, when there is anything wrong. */
export function refuse(problems: readonly Problem[]): void {
  if (!problems.length) return;
  const words = problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const first = words.slice(0, 5).join(', ');
  throw new Refusal(Code.InvalidFormBodyOrContentType, first, problems);
}

import { RESTJSONErrorCodes as Code } from 'discord.js';
import type { Json } from '../json.ts';
import { errorTree, type Problem } from './problem.ts';

/** Codes with another status than 404 (unknown) or 400 (wrong). */
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

/** An error answer with one of Discord's documented codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  /** Set when the request itself is wrong, so that no app should ever send it. */
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

/** Throws 50035, Invalid Form Body, when there are problems. */
export function refuse(problems: readonly Problem[]): void {
  if (!problems.length) return;
  const words = problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const first = words.slice(0, 5).join(', ');
  throw new Refusal(Code.InvalidFormBodyOrContentType, first, problems);
}

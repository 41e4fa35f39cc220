import { RESTJSONErrorCodes as Code } from 'discord.js';
import type { Json } from '../json.ts';
import { errorTree, type Problem } from './problem.ts';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes */
const DOCUMENTED: Readonly<Record<number, readonly [status: number, message: string]>> = {
  [Code.GeneralError]: [404, '404: Not Found'],
  [Code.UnknownApplication]: [404, 'Unknown Application'],
  [Code.UnknownChannel]: [404, 'Unknown Channel'],
  [Code.UnknownGuild]: [404, 'Unknown Guild'],
  [Code.UnknownMember]: [404, 'Unknown Member'],
  [Code.UnknownMessage]: [404, 'Unknown Message'],
  [Code.UnknownUser]: [404, 'Unknown User'],
  [Code.UnknownWebhook]: [404, 'Unknown Webhook'],
  [Code.UnknownInteraction]: [404, 'Unknown interaction'],
  [Code.MaximumNumberOfApplicationCommandsReached]: [
    400,
    'Maximum number of application commands reached (100)',
  ],
  [Code.InteractionHasAlreadyBeenAcknowledged]: [400, 'Interaction has already been acknowledged.'],
  [Code.MissingAccess]: [403, 'Missing Access'],
  [Code.CannotEditMessageAuthoredByAnotherUser]: [
    403,
    'Cannot edit a message authored by another user',
  ],
  [Code.CannotSendAnEmptyMessage]: [400, 'Cannot send an empty message'],
  [Code.CannotSendMessagesToThisUser]: [403, 'Cannot send messages to this user'],
  [Code.MissingPermissions]: [403, 'Missing Permissions'],
  [Code.CannotExecuteActionOnThisChannelType]: [400, 'Cannot execute action on this channel type'],
  [Code.InvalidWebhookToken]: [401, 'Invalid Webhook Token'],
  [Code.InvalidRecipients]: [400, 'Invalid Recipient(s)'],
  [Code.InvalidFormBodyOrContentType]: [400, 'Invalid Form Body'],
  [Code.InvalidActionOnArchivedThread]: [400, 'Thread is archived'],
  [Code.RequestBodyContainsInvalidJSON]: [400, 'The request body contains invalid JSON.'],
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: [
    403,
    'Cannot send messages to this user due to having no mutual guilds',
  ],
};

/** Discord says no, with one of its documented codes. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  /** What no app should ever send: set when the request itself is wrong, not merely out of luck. */
  readonly violation: string | undefined;
  readonly #problems: readonly Problem[];

  constructor(code: number, violation?: string, problems: readonly Problem[] = []) {
    const [status, message] = DOCUMENTED[code] ?? [];
    if (!status || !message) throw new Error(`The double knows no error ${code}.`);
    super(message);
    this.status = status;
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

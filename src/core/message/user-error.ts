import type { Reply } from './reply.ts';
import { type RichText, rich } from './rich-text.ts';

/**
 * Something the user can mend: the message says what to do next, in plain English, and is shown to them alone.
 * `arg` names the arg it is about, so that a form can show it at its field.
 */
export class UserError extends Error {
  readonly text: RichText;
  readonly arg: string | undefined;
  constructor(text: RichText | string, arg?: string) {
    super(typeof text === 'string' ? text : 'see text');
    this.name = 'UserError';
    this.text = typeof text === 'string' ? rich`${text}` : text;
    this.arg = arg;
  }
}

/** The answer is a question back (which one did you mean?): shown as it is, nothing was written. */
export class Question extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super('question');
    this.name = 'Question';
    this.reply = reply;
  }
}

import { type Button, cancelButton, type Reply } from './reply.ts';
import { type RichText, rich } from './rich-text.ts';

/**
 * A mistake that the user can correct. The text says what to do next, in plain English, and is shown to the user alone.
 * `arg` names the arg it is about, so that a form can show the text at the arg's field.
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

/** Refuses what cannot be done because of how things are now, not because of what was typed: no form corrects it. */
export class StateError extends UserError {}

/** A message about the row is being sent, so it cannot change now. A few seconds later it can. */
export class BeingSentError extends StateError {}

/** A question back to the user, such as which partner they meant. Thrown before anything is written; the reply is the answer. */
export class Question extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super('question');
    this.name = 'Question';
    this.reply = reply;
  }
}

/** A question with buttons to answer it. The last one cancels. */
export function questionWith(text: RichText, buttons: readonly Button[]): Question {
  return new Question({ text, card: [{ kind: 'buttons', buttons: [...buttons, cancelButton] }] });
}

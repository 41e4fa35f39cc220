import type { ModalView } from '@slack/types';
import type { Form } from '../../core/form.ts';
import type { Place, RawArgs } from '../../core/invocation.ts';
import type { Reader } from './text.ts';

/** Where a form was asked for: what its answer needs. Travels in the view's `private_metadata`. */
export interface About {
  place: Place;
  /** The message whose button asked for it, where its answer may take that message's place. */
  message?: { channel: string; ts: string } | { responseUrl: string };
  /** Takes answers that stand on their own, also where the bot is not in the channel. */
  responseUrl?: string;
}

/** A submitted view, as a `view_submission` payload has it. */
export interface SubmittedView {
  private_metadata: string;
  state: { values: Record<string, Record<string, unknown>> };
}

/** What a submitted form asks for. */
export interface Submitted {
  command: string;
  args: RawArgs;
  about: About;
}

/** A form as a modal, within Slack's limits. */
export function modalOf(_form: Form, _about: About, _reader: Reader): ModalView {
  throw new Error('not yet');
}

/** Reads a submitted modal back. @returns undefined for a view that is not Convenor's. */
export function submitted(_view: SubmittedView): Submitted | undefined {
  throw new Error('not yet');
}

/** What `response_action: 'errors'` takes: a sentence for each field with a problem. @returns undefined where none has. */
export function problemsOf(_form: Form): Record<string, string> | undefined {
  throw new Error('not yet');
}

/** A modal that is opened at once, while the form is fetched: `views.update` puts the form in its place. */
export function waitingModal(_title: string): ModalView {
  throw new Error('not yet');
}

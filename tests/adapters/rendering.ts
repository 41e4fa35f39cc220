import type { ReaderContext } from '../../src/adapters/shared/inline-nodes.ts';
import type { Form } from '../../src/core/message/form.ts';
import type { Reply } from '../../src/core/message/reply.ts';

/** How a platform shows replies and forms. */
export interface PlatformRendering {
  /** The platform's user id of a member. */
  userOf(member: string): string;
  /** Expects a reply to fit the platform's limits. @returns what each of its buttons does when pressed. */
  shown(reply: Reply, reader: ReaderContext): readonly unknown[];
  /** Expects a form to be a modal that the platform accepts. @returns what its submission carries. */
  sent(form: Form, reader: ReaderContext): Submission;
}

/** What an unchanged form submits, and the fields that had to be filled in for that. */
interface Submission {
  command: string | undefined;
  args: object;
  filled: readonly string[];
}

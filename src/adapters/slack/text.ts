import type { RichText } from '../../core/rich-text.ts';

/** Who reads, on which workspace: what the words of a message are put into. */
export interface Reader {
  /** IANA name. */
  zone: string;
  now: Date;
  /** The user id (`U…`) of a member by Convenor's id, where they are known on this workspace. */
  userOf(member: string): string | undefined;
  /** The name of a user by their id (`U…`), for a token that stands in typed text. */
  nameOf(user: string): string | undefined;
}

/** Rich text as mrkdwn. */
export function mrkdwn(_text: RichText, _reader: Reader): string {
  throw new Error('not yet');
}

/** Rich text as plain text, for places that know no markup. */
export function plain(_text: RichText, _reader: Reader): string {
  throw new Error('not yet');
}

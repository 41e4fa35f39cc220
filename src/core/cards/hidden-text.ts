import type { Viewer } from '../domain/members/visibility.ts';
import type { Block } from '../message/reply.ts';
import { type RichText, rich } from '../message/rich-text.ts';

/**
 * Says that something about a partner is hidden. Somebody whom no coordinator has identified yet does not hear that
 * anybody is tied to it.
 * @param tied what to say to a member who belongs to the partner.
 * @param otherwise what to say to somebody who is not identified.
 */
export function hiddenText(
  { isIdentified }: Viewer,
  tied: RichText,
  otherwise: RichText | string = 'A coordinator is letting you in.',
): RichText {
  return isIdentified ? tied : rich`${otherwise}`;
}

/** Says to somebody who belongs to a partner what is hidden from them, below what they are shown of it. */
export const tiedText = (viewer: Viewer): RichText =>
  hiddenText(
    viewer,
    rich`You're part of this partner, so notes about it and promises to it are hidden here, except your own.`,
  );

/** The same as a note. */
export const tiedNote = (viewer: Viewer): Block => ({ kind: 'note', text: tiedText(viewer) });

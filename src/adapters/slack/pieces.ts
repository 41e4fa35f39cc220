import { dayOf, dayText, momentText } from '../../core/dates/day.ts';
import type { Piece, RichText } from '../../core/rich-text.ts';
import { LONGEST_URL } from './limits.ts';
import type { Reader } from './text.ts';
import { named } from './tokens.ts';

/** A piece as a reader on this workspace is shown it: names known, words in their place. */
export type ShownPiece =
  | { kind: 'text' | 'bold'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'user'; text: string; user: string }
  | { kind: 'channel'; text: string; channel: string }
  /** `text` names the zone it is in. */
  | { kind: 'moment'; text: string; at: Date };

/** Rich text as pieces that Slack can show. Neighbouring texts are one, so that no mark is made where they meet. */
export function shownPieces(text: RichText, reader: Reader): readonly ShownPiece[] {
  const shown: ShownPiece[] = [];
  for (const piece of text.map((each) => shownPiece(each, reader))) {
    const last = shown.at(-1);
    if (piece.text === '') continue;
    if (last?.kind === 'text' && piece.kind === 'text') {
      shown[shown.length - 1] = { kind: 'text', text: last.text + piece.text };
    } else shown.push(piece);
  }
  return shown;
}

function shownPiece(piece: Piece, reader: Reader): ShownPiece {
  if ('text' in piece) return { kind: 'text', text: named(piece.text, reader) };
  if ('bold' in piece) return { kind: 'bold', text: named(piece.bold, reader) };
  if ('link' in piece) return linkPiece(named(piece.link, reader), piece.url);
  if ('member' in piece) {
    const [text, user] = [named(piece.name, reader), reader.userOf(piece.member)];
    return user === undefined ? { kind: 'text', text } : { kind: 'user', text, user };
  }
  if ('channel' in piece) return channelPiece(piece.channel, `#${named(piece.name, reader)}`);
  if ('moment' in piece) {
    const at = new Date(piece.moment);
    return { kind: 'moment', text: momentText(at, reader.zone), at };
  }
  return { kind: 'text', text: dayText(piece.day, dayOf(reader.now, reader.zone)) };
}

/** A link leads to a page or an address; anything else is shown as text. */
function linkPiece(label: string, url: string): ShownPiece {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const leads = target && ['http:', 'https:', 'mailto:'].includes(target.protocol);
  if (!leads || target.href.length > LONGEST_URL)
    return { kind: 'text', text: `${label} (${url})` };
  return { kind: 'link', text: label || target.href, url: target.href };
}

/** Another platform's channel has no mention here. */
function channelPiece(channel: string, text: string): ShownPiece {
  return /^[CG][A-Z0-9]+$/.test(channel)
    ? { kind: 'channel', text, channel }
    : { kind: 'text', text };
}

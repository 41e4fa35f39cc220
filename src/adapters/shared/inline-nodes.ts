import { dayOf, dayText, momentText } from '../../core/dates/day.ts';
import type { InlineNode, RichText } from '../../core/message/rich-text.ts';
import type { MentionNames } from './resolve-mentions.ts';

/** Who reads, on which workspace: what the words of a message are put into. */
export interface ReaderContext extends MentionNames {
  /** IANA name. */
  zone: string;
  now: Date;
  /** The platform's user id of a member by Convenor's id, where they are known on this workspace. */
  userOf(member: string): string | undefined;
}

/** A piece as a reader on this workspace is shown it: names known, words in their place. */
export type ShownNode =
  | { kind: 'text' | 'bold'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'user'; text: string; user: string }
  | { kind: 'channel'; text: string; channel: string }
  /** `text` names the zone it is in. */
  | { kind: 'moment'; text: string; at: Date };

/** What a platform can show. */
export interface RenderCapabilities {
  /** Typed text as people read it. */
  named(text: string, reader: ReaderContext): string;
  /** What the ids of its channels look like: another platform's channel has no mention here. */
  channel: RegExp;
  /** Where its links may lead (`https:`), and their most characters; anything else is shown as text. */
  protocols: readonly string[];
  maxUrlLength: number;
}

/** Rich text as pieces that a platform can show. Neighbouring texts are one, so that no mark is made where they meet. */
export function showNodes(
  text: RichText,
  reader: ReaderContext,
  ways: RenderCapabilities,
): readonly ShownNode[] {
  const shown: ShownNode[] = [];
  for (const piece of text.map((each) => showNode(each, reader, ways))) {
    const last = shown.at(-1);
    if (piece.text === '') continue;
    if (last?.kind === 'text' && piece.kind === 'text') {
      shown[shown.length - 1] = { kind: 'text', text: last.text + piece.text };
    } else shown.push(piece);
  }
  return shown;
}

/** Pieces as plain text, not escaped. */
export function plainNodes(pieces: readonly ShownNode[]): string {
  return pieces
    .map((piece) => (piece.kind === 'link' ? `${piece.text} (${piece.url})` : piece.text))
    .join('');
}

/** An instant in whole seconds. */
export const unixOf = (at: Date): number => Math.floor(at.getTime() / 1000);

function showNode(piece: InlineNode, reader: ReaderContext, ways: RenderCapabilities): ShownNode {
  const named = (text: string) => ways.named(text, reader);
  if ('text' in piece) return { kind: 'text', text: named(piece.text) };
  if ('bold' in piece) return { kind: 'bold', text: named(piece.bold) };
  if ('link' in piece) return linkNode(named(piece.link), piece.url, ways);
  if ('member' in piece) {
    const [text, user] = [named(piece.name), reader.userOf(piece.member)];
    return user === undefined ? { kind: 'text', text } : { kind: 'user', text, user };
  }
  if ('channel' in piece) {
    const { channel } = piece;
    const text = `#${named(piece.name)}`;
    return ways.channel.test(channel) ? { kind: 'channel', text, channel } : { kind: 'text', text };
  }
  if ('moment' in piece) {
    const at = new Date(piece.moment);
    return { kind: 'moment', text: momentText(at, reader.zone), at };
  }
  return { kind: 'text', text: dayText(piece.day, dayOf(reader.now, reader.zone)) };
}

function linkNode(
  label: string,
  url: string,
  { protocols, maxUrlLength }: RenderCapabilities,
): ShownNode {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const leads = target && protocols.includes(target.protocol);
  if (!leads || target.href.length > maxUrlLength)
    return { kind: 'text', text: `${label} (${url})` };
  return { kind: 'link', text: label || target.href, url: target.href };
}

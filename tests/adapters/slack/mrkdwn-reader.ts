/** A mark that a reader of mrkdwn finds in a text. */
export interface Mark {
  kind:
    | 'bold'
    | 'italic'
    | 'strike'
    | 'code'
    | 'quote'
    | 'list'
    | 'emoji'
    | 'user'
    | 'channel'
    | 'special'
    | 'link'
    | 'bare link'
    | 'bare mention'
    | 'bare angle';
  /** The text inside it, with its entities. */
  inside: string;
}

const within = (mark: string) => new RegExp(`[${mark}]([^${mark}\\n]+)[${mark}]`, 'gu');

/** Looser than Slack: all that may be a mark in some client counts, also wide forms and marks inside words. */
const patterns: readonly (readonly [Mark['kind'], RegExp])[] = [
  ['bold', within('*＊')],
  ['italic', within('_＿')],
  ['strike', within('~～')],
  ['code', /[`｀]([^`｀]+)[`｀]/gu],
  ['quote', /^[\s\u200B]*(?:&gt;|>|＞)(.*)/gmu],
  ['list', /^[\s\u200B]*(?:[-+•◦]|\d+[.)])(.*)/gmu],
  ['emoji', /[:：]([^\s:：*<>\u2060\u200B\uFFFC]+)[:：]/gu],
  ['bare link', /(\w+:\/\/\S)/gu],
  ['bare mention', /([@#][\p{L}\p{N}])/gu],
  ['bare angle', /([<>]|&(?!(?:amp|lt|gt);))/gu],
];

/** All marks in a mrkdwn text, also those that only some clients would read as marks. */
export function marksIn(text: string): readonly Mark[] {
  const tokens = [...text.matchAll(/<([^<>\n]*)>/gu)].map(([, inside = '']) => ({
    kind: tokenKind(inside),
    inside,
  }));
  const labels = tokens.map(({ inside }) => /\|(.*)/su.exec(inside)?.[1] ?? '');
  const rest = text.replace(/<[^<>\n]*>/gu, '\uFFFC');
  return [...tokens, ...[rest, ...labels].flatMap(marksAmong)];
}

function marksAmong(text: string): readonly Mark[] {
  return patterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map(([, inside = '']) => ({ kind, inside })),
  );
}

function tokenKind(inside: string): Mark['kind'] {
  if (inside.startsWith('@')) return 'user';
  if (inside.startsWith('#')) return 'channel';
  return inside.startsWith('!') ? 'special' : 'link';
}

const DOUBLES: Readonly<Record<string, string>> = {
  '\u2217': '*',
  '\u02CD': '_',
  '\u223C': '~',
  '\u02CB': '`',
};

/** What a reader sees of an escaped text. Wide marks become narrow ones. */
export function seenIn(text: string): string {
  return text
    .replaceAll('\u2060', '')
    .replace(/[\u2217\u02CD\u223C\u02CB]/gu, (double) => DOUBLES[double] ?? double)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A typed text with narrow marks and without joiners, to compare with `seenIn`. */
export function narrow(text: string): string {
  return text.replaceAll('\u2060', '').replace(/[＊＿～｀\u2217\u02CD\u223C\u02CB]/gu, (mark) => {
    const index = '＊＿～｀'.indexOf(mark);
    return index < 0 ? (DOUBLES[mark] ?? mark) : '*_~`'.charAt(index);
  });
}

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
  /** What is within it, entities and all. */
  inside: string;
}

const within = (mark: string) => new RegExp(`[${mark}]([^${mark}\\n]+)[${mark}]`, 'gu');

/** Looser than Slack: what might be a mark somewhere is one here, orgWide forms and bad neighbours included. */
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

/** Everything in a mrkdwn text that is, or might be read as, more than its characters. */
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

/** What a person sees of an escaped text, with orgWide and narrow marks alike. */
export function seenIn(text: string): string {
  return text
    .replaceAll('\u2060', '')
    .replace(/[\u2217\u02CD\u223C\u02CB]/gu, (double) => DOUBLES[double] ?? double)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Wide marks as narrow ones, and without joiners of the typer's own: to compare with `seenIn`. */
export function narrow(text: string): string {
  return text.replaceAll('\u2060', '').replace(/[＊＿～｀\u2217\u02CD\u223C\u02CB]/gu, (mark) => {
    const index = '＊＿～｀'.indexOf(mark);
    return index < 0 ? (DOUBLES[mark] ?? mark) : '*_~`'.charAt(index);
  });
}

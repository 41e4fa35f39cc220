/** A mark that a reader of Discord's markdown finds in a text. */
interface Mark {
  kind: string;
  /** The text inside it. */
  inside: string;
}

/** A text as its readers see it. */
export interface Read {
  marks: Mark[];
  /** The characters that are shown. */
  seen: string;
}

interface Rule {
  kind: string;
  pattern: RegExp;
  /** A mark that only counts at the start of a line, with what may precede it. */
  block?: true;
}

/** Looser than Discord: all that may be a mark in some client counts. The first that fits wins. */
const rules: readonly Rule[] = [
  { kind: 'heading', pattern: /[\s\u200B]*#{1,6}(?:\s|$)()/y, block: true },
  { kind: 'small', pattern: /[\s\u200B]*-#(?:\s|$)()/y, block: true },
  { kind: 'list', pattern: /[\s\u200B]*(?:[-+*]|\d+[.)])(?:\s|$)()/y, block: true },
  { kind: 'quote', pattern: /[\s\u200B]*>()/y, block: true },
  { kind: 'code', pattern: /(?:`+)([\s\S]+?)`+/y },
  { kind: 'link', pattern: /\[((?:\\[\s\S]|[^\\\]])*)\]\(<?([^\s<>]*)>?\)/y },
  { kind: 'mention', pattern: /<(@[!&]?\w+)>/y },
  { kind: 'channel', pattern: /<(#\w+)>/y },
  { kind: 'moment', pattern: /<t:(-?\d+(?::\w)?)>/y },
  { kind: 'emoji', pattern: /<(a?:[^<>\s]+)>/y },
  { kind: 'bare link', pattern: /<([^<>\s]+:[^<>\s]*)>/y },
  { kind: 'angle', pattern: /<([^<>\n]*)>/y },
  { kind: 'bold', pattern: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y },
  { kind: 'underline', pattern: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y },
  { kind: 'italic', pattern: /([*_])(?:\\[\s\S]|[^\\])+?\1/y },
  { kind: 'strike', pattern: /~~((?:\\[\s\S]|[^\\])+?)~~/y },
  { kind: 'spoiler', pattern: /\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y },
  { kind: 'emoji', pattern: /:([^\s:]+):/y },
  { kind: 'mention', pattern: /@(everyone|here)/iy },
  { kind: 'bare link', pattern: /((?:[a-z]+:\/\/|discord\.gg\/)\S)/iy },
  { kind: 'bare mark', pattern: /([*_~`|<>[\]\\])/y },
];

/** Mentions that Discord finds before it reads the markdown. */
const before: readonly Rule[] = [
  { kind: 'mention', pattern: /@(everyone|here)/gi },
  { kind: 'mention', pattern: /<(@[!&]?\d+)>/g },
  { kind: 'bare link', pattern: /(?<!\]\(<)(https?:\/\/\S)/gi },
  { kind: 'invitation', pattern: /(discord(?:(?:app)?\.com\/invite|\.gg)\/\w)/gi },
];

/** All marks in a markdown text, also those that only some clients would read as marks, and the characters shown. */
export function readMarkdown(text: string): Read {
  const early = before.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].map(([, inside = '']) => ({ kind, inside })),
  );
  const { marks, seen } = readInline(text);
  return { marks: [...early, ...marks], seen };
}

function readInline(text: string): Read {
  const marks: Mark[] = [];
  let seen = '';
  for (let at = 0; at < text.length; ) {
    const backslash = /\\([^0-9A-Za-z\s])/y;
    backslash.lastIndex = at;
    const escaped = backslash.exec(text)?.[1];
    if (escaped !== undefined) {
      seen += escaped;
      at += 1 + escaped.length;
      continue;
    }
    const atLine = at === 0 || /[\n\r\u2028\u2029]/.test(text.charAt(at - 1));
    const found = ruleAt(text, at, atLine);
    if (!found) {
      seen += text.charAt(at++);
      continue;
    }
    const [whole, inside = '', more] = found.match;
    marks.push({ kind: found.kind, inside: more ?? inside });
    const within = found.kind === 'bold' || found.kind === 'link' ? readInline(inside) : undefined;
    marks.push(...(within?.marks ?? []));
    seen += within?.seen ?? whole;
    at += whole.length;
  }
  return { marks, seen };
}

function ruleAt(text: string, at: number, atLine: boolean) {
  for (const { kind, pattern, block } of rules) {
    if (block && !atLine) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, match };
  }
  return undefined;
}

import { type Day, dayText, momentText } from '../dates/day.ts';

/**
 * A part of rich text. Words that a person typed are always in a `text`, a `bold` or the label of a `link`: renderers
 * escape these, so the words cannot become a mention, a link or markup. Nodes are plain JSON, since replies are stored.
 */
export type InlineNode =
  | { text: string }
  | { bold: string }
  | { link: string; url: string }
  /** A command to type, shown as it works where it is read. `words` follow its name. */
  | { command: string; words?: string }
  /** What the platform calls the place where people are together: a workspace, or a server. */
  | { term: 'workspace' }
  /** A member of the partnership, by id. The name is shown where a mention is not possible. */
  | { member: string; name: string }
  /** A channel, by the platform's id. */
  | { channel: string; name: string }
  /** An instant (ISO 8601), shown in the reader's zone. */
  | { moment: string }
  /** A plain local day: the same for every reader. */
  | { day: Day };

export type RichText = readonly InlineNode[];

/** What may be a value in a `rich` template: text, nodes, or nothing. */
export type RichValue = string | number | InlineNode | RichText | undefined | null | false;

/** Builds rich text: `` rich`Noted, ${name}.` `` Text in the template and strings in values are shown as they are; there is no markup. */
export function rich(strings: TemplateStringsArray, ...values: RichValue[]): RichText {
  const nodes: InlineNode[] = [];
  for (const [index, literal] of strings.entries()) {
    if (literal !== '') nodes.push({ text: literal });
    if (index < values.length) nodes.push(...toNodes(values[index]));
  }
  return nodes;
}

function toNodes(value: RichValue): RichText {
  if (value === undefined || value === null || value === false || value === '') return [];
  if (typeof value === 'string' || typeof value === 'number') return [{ text: String(value) }];
  return Array.isArray(value) ? (value as RichText) : [value as InlineNode];
}

/** Bold text. */
export const bold = (text: string): InlineNode => ({ bold: text });
/** A command to type: `partner list`, with the words after it. */
export const commandText = (command: string, words?: string): InlineNode => ({
  command,
  ...(words === undefined ? {} : { words }),
});
/** The platform's own word for a workspace. */
export const workspaceWord: InlineNode = { term: 'workspace' };
/** A plain local day. */
export const day = (value: Day): InlineNode => ({ day: value });
/** An instant. */
export const moment = (at: Date): InlineNode => ({ moment: at.toISOString() });
/** A member, by id and name. */
export const member = (who: { id: string; name: string }): InlineNode => ({
  member: who.id,
  name: who.name,
});

/** Joins rich texts, with a separator between them. */
export function joined(parts: readonly RichText[], separator = ' '): RichText {
  return parts.flatMap((part, index) => (index === 0 ? part : [{ text: separator }, ...part]));
}

/** Rich text as plain text for a reader in `zone` (IANA name). Days are without their year if it is the year of `today`. */
export function plainText(rich: RichText, zone: string, today?: Day): string {
  return rich.map((node) => plainNode(node, zone, today)).join('');
}

/** A shorter sentence, such as "Noted, thanks.", says too little by itself. */
const MIN_OPENING_LENGTH = 20;

/** The first sentence of a text; the first two if the first one is very short. */
export function opening(text: RichText): RichText {
  const shown: InlineNode[] = [];
  let length = 0;
  for (const [at, node] of text.entries()) {
    if ('text' in node) {
      const next = text[at + 1];
      const isFollowed = next !== undefined && 'text' in next && next.text.startsWith(' ');
      const ends = node.text.matchAll(isFollowed ? /[.!?](?= |$)/g : /[.!?](?= )/g);
      const end = [...ends].find(({ index }) => length + index >= MIN_OPENING_LENGTH);
      if (end) return [...shown, { text: node.text.slice(0, end.index + 1) }];
    }
    shown.push(node);
    length += plainText([node], 'UTC').length;
  }
  return shown;
}

/** A named command as a line to type. */
export function commandLine({
  command,
  words,
}: {
  command: string;
  words?: string | undefined;
}): string {
  return words === undefined ? command : `${command} ${words}`;
}

function plainNode(node: InlineNode, zone: string, today?: Day): string {
  if ('text' in node) return node.text;
  if ('bold' in node) return node.bold;
  if ('link' in node) return `${node.link} (${node.url})`;
  if ('command' in node) return commandLine(node);
  if ('term' in node) return node.term;
  if ('member' in node) return node.name;
  if ('channel' in node) return `#${node.name}`;
  if ('moment' in node) return momentText(new Date(node.moment), zone);
  return dayText(node.day, today);
}

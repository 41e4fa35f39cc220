import { type Day, dayText, momentText } from '../dates/day.ts';

/**
 * One piece of text with meaning. Whatever a person typed is only ever a `text`, `bold` or `link` label:
 * data, which each renderer escapes, so that it can never become a mention, a link or markup.
 * Pieces are plain JSON, because replies are kept to be given again.
 */
export type InlineNode =
  | { text: string }
  | { bold: string }
  | { link: string; url: string }
  /** A member of the partnership; `name` is what stands where a mention cannot. */
  | { member: string; name: string }
  /** A channel by its platform id. */
  | { channel: string; name: string }
  /** An instant (ISO 8601), shown in each reader's zone. */
  | { moment: string }
  /** A plain local day: the same for every reader. */
  | { day: Day };

export type RichText = readonly InlineNode[];

/** What may stand in a `rich` template: text, pieces, or nothing. */
export type RichValue = string | number | InlineNode | RichText | undefined | null | false;

/** Builds rich text: literal parts are ours, each value is data. `` rich`Noted, **no markup here**` `` stays literal. */
export function rich(strings: TemplateStringsArray, ...values: RichValue[]): RichText {
  const pieces: InlineNode[] = [];
  for (const [index, literal] of strings.entries()) {
    if (literal !== '') pieces.push({ text: literal });
    if (index < values.length) pieces.push(...nodesOf(values[index]));
  }
  return pieces;
}

function nodesOf(value: RichValue): RichText {
  if (value === undefined || value === null || value === false || value === '') return [];
  if (typeof value === 'string' || typeof value === 'number') return [{ text: String(value) }];
  return Array.isArray(value) ? (value as RichText) : [value as InlineNode];
}

/** Bold text; what is inside is data. */
export const bold = (text: string): InlineNode => ({ bold: text });
/** A plain local day. */
export const day = (value: Day): InlineNode => ({ day: value });
/** An instant. */
export const moment = (at: Date): InlineNode => ({ moment: at.toISOString() });
/** A member, by id and name. */
export const member = (who: { id: string; name: string }): InlineNode => ({
  member: who.id,
  name: who.name,
});

/** Joins rich texts with a separator. */
export function joined(parts: readonly RichText[], separator = ' '): RichText {
  return parts.flatMap((part, index) => (index === 0 ? part : [{ text: separator }, ...part]));
}

/** The plain text of rich text, for a reader in `zone` (IANA name). Days leave out the year when it is `today`'s. */
export function plainText(rich: RichText, zone: string, today?: Day): string {
  return rich.map((piece) => plainNode(piece, zone, today)).join('');
}

function plainNode(piece: InlineNode, zone: string, today?: Day): string {
  if ('text' in piece) return piece.text;
  if ('bold' in piece) return piece.bold;
  if ('link' in piece) return `${piece.link} (${piece.url})`;
  if ('member' in piece) return piece.name;
  if ('channel' in piece) return `#${piece.name}`;
  if ('moment' in piece) return momentText(new Date(piece.moment), zone);
  return dayText(piece.day, today);
}

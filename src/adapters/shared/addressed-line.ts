import { trimEnd } from '../../core/base/text.ts';

/** A message that mentions the bot, as a line for it. */
interface AddressedLine {
  line: string;
  /** Whether the mention is in the middle of a sentence, so that the message may be for somebody else. */
  isInPassing: boolean;
}

/** Nothing, or what people say before they mention somebody. */
const GREETING =
  /^\s*(?:(?:hi|hello|hey|hiya|good morning|morning|ok|okay|thanks|thank you|please)[\s,!]*)?$/i;
/** What stands between a mention and the line. */
const SEPARATOR = /^[\s,:!.–—-]+/;
const SENTENCE_END = /^[\s.!?]*$/;

/**
 * Takes the mention of the bot out of a message. In the middle of a sentence, its name stays. A greeting alone is the line:
 * "hello @Convenor".
 * @param mention the mention as it is in the text.
 */
export function addressedLine(text: string, mention: string): AddressedLine {
  const parts = text.split(mention);
  const [before = '', ...after] = parts;
  if (after.length === 0) return { line: text.trim(), isInPassing: false };
  const isAtStart = GREETING.test(before);
  const isAtEnd = SENTENCE_END.test(parts.at(-1) ?? '');
  const line = lineOf(isAtStart ? after : parts, before);
  return { line, isInPassing: !isAtStart && !isAtEnd };
}

/** @param greeting the line if there is nothing else. */
function lineOf(parts: readonly string[], greeting: string): string {
  const start = parts.findIndex((part) => part.replace(SEPARATOR, '') !== '');
  if (start < 0) return trimEnd(greeting.trim(), ' ,');
  const end = parts.findLastIndex((part) => !SENTENCE_END.test(part));
  const [first = '', ...others] = parts.slice(start, Math.max(start, end) + 1);
  const line = [first.replace(SEPARATOR, ''), ...others].join('Convenor');
  const isCut = end >= start && end < parts.length - 1;
  return isCut ? `${trimEnd(line, ' ,\n')}${parts.at(-1)?.trim()}` : line.trim();
}

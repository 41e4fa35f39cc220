/** A message that mentions the bot, as a line for it. */
interface AddressedLine {
  line: string;
  /** Whether the mention is in the middle of a sentence, so that the message may be for somebody else. */
  isInPassing: boolean;
}

/** What people say before they mention somebody. */
const GREETING =
  '(?:(?:hi|hello|hey|hiya|good morning|morning|ok|okay|thanks|thank you|please)[\\s,!]+)?';

/**
 * Takes the mention of the bot out of a message. In the middle of a sentence, its name stays.
 * @param mention matches a mention of the bot, as a part of a regular expression without groups.
 */
export function addressedLine(text: string, mention: string): AddressedLine {
  const said = text.trim();
  const start = new RegExp(`^${GREETING}(?:${mention}[\\s,:!.–—-]*)+`, 'i');
  const end = new RegExp(`(?:[\\s,]*${mention})+(\\s*[.!?]*)$`);
  const first = start.exec(said)?.[0];
  const rest = first === undefined ? said : said.slice(first.length);
  // A greeting alone is the line: "hello @Convenor".
  const kept = first !== undefined && rest === '' ? first : rest;
  const line = kept.replace(end, '$1').replace(new RegExp(mention, 'g'), 'Convenor').trim();
  const isAddressed = first !== undefined || end.test(said) || !new RegExp(mention).test(said);
  return { line, isInPassing: !isAddressed };
}

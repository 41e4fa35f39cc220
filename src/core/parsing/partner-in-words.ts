import type { Directory, PartnerName } from '../domain/directory/directory.ts';
import { startsClause } from '../names/everyday-words.ts';
import { likelyItem, matchStart } from '../names/match.ts';
import { isConnective } from '../names/name-words.ts';

/** At how many words of a text a name is looked for. */
const MAX_WORDS = 25;

/**
 * The one partner that a text names somewhere: "ring the high school about the hall".
 * @returns undefined if it names none, or several. It is only good for a question: part of a name counts too.
 */
export function partnerInWords(text: string, directory: Directory): PartnerName | undefined {
  const found = new Map<string, PartnerName>();
  for (const word of [...text.matchAll(/\S+/g)].slice(0, MAX_WORDS)) {
    const [typed] = word;
    // No name that tells something starts with "about" or "of", and each look takes time.
    if (startsClause(typed) || isConnective(typed.toLowerCase())) continue;
    const match = matchStart(text.slice(word.index), directory.activePartners);
    const item = likelyItem(match);
    if (item) found.set(item.id, item);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

import type { PartnerName } from '../../domain/directory/directory.ts';
import { isNear, slipsIn } from '../../names/match-index.ts';
import { keyTokens, nameKey } from '../../names/name-key.ts';

/** Words of six letters may have two slips ("oakfeild"), since what is found is only shown. */
const LOOSE = { from: 6, slips: 2 };

/** How well a name fits, the best first. */
const START = 0;
const INSIDE = 1;
const WORDS = 2;
const NEAR = 3;

/** The partners whose name or alias has the words, also misspelt or cut short: the best first, then by name. */
export function searchPartners(
  words: string,
  partners: readonly PartnerName[],
): readonly PartnerName[] {
  const typed = { key: nameKey(words), tokens: keyTokens(words) };
  if (typed.key === '') return [];
  return partners
    .flatMap((partner) => {
      const ranks = [partner.name, ...partner.aliases]
        .map((name) => rankOf(typed, name))
        .filter((rank) => rank !== undefined);
      return ranks.length === 0 ? [] : [{ partner, rank: Math.min(...ranks) }];
    })
    .toSorted(
      (a, b) =>
        Number(a.partner.archived) - Number(b.partner.archived) ||
        a.rank - b.rank ||
        a.partner.name.localeCompare(b.partner.name, 'en-GB'),
    )
    .map(({ partner }) => partner);
}

function rankOf(
  { key, tokens }: { key: string; tokens: readonly string[] },
  name: string,
): number | undefined {
  const known = nameKey(name);
  if (known.startsWith(key)) return START;
  if (known.includes(key)) return INSIDE;
  const words = keyTokens(name);
  if (tokens.every((token) => words.some((word) => word.startsWith(token)))) return WORDS;
  const near = tokens.every((token) =>
    words.some((word) => word.startsWith(token) || isNear(token, word, slipsOf(token))),
  );
  return near ? NEAR : undefined;
}

function slipsOf(token: string): number {
  return token.length >= LOOSE.from ? LOOSE.slips : slipsIn(token);
}

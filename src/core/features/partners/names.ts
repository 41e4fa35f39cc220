import type { PartnerName } from '../../domain/directory/directory.ts';
import { nameKey } from '../../names/match.ts';

/** The longest name of a partner, in characters. */
const LONGEST_NAME = 120;

/** A name without spare spaces. */
export function tidyName(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** @returns what is wrong with a name, in a sentence, or undefined if nothing is. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'There is no name.';
  if (!/[\p{L}\p{N}]/u.test(name) || nameKey(name) === '')
    return 'A name needs at least one letter or digit.';
  if (name.length > LONGEST_NAME)
    return `That name has ${name.length} characters: ${LONGEST_NAME} is the most.`;
  return undefined;
}

/** The names in a list with `;` or `,` between them, each once. */
export function namesIn(list: string): string[] {
  const byKey = new Map<string, string>();
  for (const part of list.split(/[;,\n]/)) {
    const name = tidyName(part);
    if (name !== '' && !byKey.has(nameKey(name))) byKey.set(nameKey(name), name);
  }
  return [...byKey.values()];
}

/** The other names of a partner: what is in the list, but for its own name. */
export function aliasesOf(name: string, list: string): string[] {
  return namesIn(list).filter((alias) => nameKey(alias) !== nameKey(name));
}

/** @returns the partner that goes by a name already, or by the same as an alias. `except`: an id that does not count. */
export function holderOf(
  name: string,
  partners: readonly PartnerName[],
  except?: string,
): PartnerName | undefined {
  const key = nameKey(name);
  return partners.find(
    (partner) =>
      partner.id !== except &&
      [partner.name, ...partner.aliases].some((known) => nameKey(known) === key),
  );
}

import { nameTokens } from '../names/name-words.ts';

const MAX_CHOICE_LENGTH = 100;
const MAX_LIST_LENGTH = 1000;
const MAX_CHOICE_WORDS = 4;

/** Reads one choice. Case, hyphens and spaces do not matter: `Co producing` is `co-producing`. @param synonyms other words */
export function readChoice(
  text: string,
  choices: readonly string[],
  synonyms?: ReadonlyMap<string, string>,
): string | undefined {
  if (text.length > MAX_CHOICE_LENGTH) return undefined;
  const key = nameTokens(text).join('');
  if (key === '') return undefined;
  return choices.find((choice) => nameTokens(choice).join('') === key) ?? synonyms?.get(key);
}

/** Reads a list of choices with commas, "and" or only spaces between. @returns undefined if it has anything else in it. */
export function readChoices(text: string, choices: readonly string[]): string[] | undefined {
  if (text.length > MAX_LIST_LENGTH) return undefined;
  const tokens = nameTokens(text.replace(/[+/;]/g, ' '));
  const choicesFound = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    const found = longestChoiceAt(tokens, at, choices);
    if (found) choicesFound.add(found.choice);
    else if (tokens[at] !== 'and' || choicesFound.size === 0) return undefined;
    at += found?.length ?? 1;
  }
  return choicesFound.size === 0 || tokens.at(-1) === 'and' ? undefined : [...choicesFound];
}

/** The longest choice that starts at a token. */
function longestChoiceAt(tokens: readonly string[], at: number, choices: readonly string[]) {
  for (let length = Math.min(MAX_CHOICE_WORDS, tokens.length - at); length > 0; length--) {
    const choice = readChoice(tokens.slice(at, at + length).join(' '), choices);
    if (choice !== undefined) return { choice, length };
  }
  return undefined;
}

import { keyTokens } from '../names/name-key.ts';

/** The choice a text is, whatever its case, hyphens and spaces: `Co producing` is `co-producing`. */
export function choiceIn(text: string, choices: readonly string[]): string | undefined {
  if (text.length > 100) return undefined;
  const key = keyTokens(text).join('');
  return key === '' ? undefined : choices.find((choice) => keyTokens(choice).join('') === key);
}

/** The choices a text lists, with commas, "and" or only spaces between. @returns undefined if it holds anything else. */
export function choicesIn(text: string, choices: readonly string[]): string[] | undefined {
  if (text.length > 1000) return undefined;
  const tokens = keyTokens(text.replace(/[+/;]/g, ' '));
  const found = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    const fit = fitAt(tokens, at, choices);
    if (fit) found.add(fit.choice);
    else if (tokens[at] !== 'and' || found.size === 0) return undefined;
    at += fit?.length ?? 1;
  }
  return found.size === 0 || tokens.at(-1) === 'and' ? undefined : [...found];
}

/** The longest choice that the tokens have at a place. */
function fitAt(tokens: readonly string[], at: number, choices: readonly string[]) {
  for (let length = Math.min(4, tokens.length - at); length > 0; length--) {
    const choice = choiceIn(tokens.slice(at, at + length).join(' '), choices);
    if (choice !== undefined) return { choice, length };
  }
  return undefined;
}

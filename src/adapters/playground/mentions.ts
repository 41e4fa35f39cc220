import { places } from './places.ts';
import type { PretendMember } from './users.ts';

/** Invisible and without width: keeps a token that somebody typed from being one. */
const JOINER = '\u2060';

/** Everybody and every channel that can be mentioned: as it is typed, and as the bot knows it. */
function mentionsOf(people: readonly PretendMember[]): readonly { typed: string; token: string }[] {
  const channels = places.filter((place) => !place.direct);
  return [
    ...people.map(({ name, user }) => ({ typed: `@${name}`, token: `<@${user}>` })),
    ...channels.map(({ name, id }) => ({ typed: `#${name}`, token: `<#${id}>` })),
  ];
}

/**
 * Typed text with `@Tom` and `#general` turned into the tokens the bot knows (`<@tom>`, `<#general>`).
 * Everything else is only text: `<!channel>`, `@everyone`, and a token that was typed as such.
 */
export function withMentions(text: string, people: readonly PretendMember[]): string {
  const mentions = mentionsOf(people);
  const tokens = new Map(mentions.map(({ typed, token }) => [typed.toLowerCase(), token]));
  const names = [...tokens.keys()].sort((a, b) => b.length - a.length).map(escaped);
  // Not within a word (an address like jo@tom.org), nor in front of more of one.
  const mention = new RegExp(
    `(?<![\\p{L}\\p{N}_<@#${JOINER}])(${names.join('|')})(?![\\p{L}\\p{N}_])`,
    'giu',
  );
  return mentions
    .reduce((rest, { token }) => rest.replaceAll(token, apart(token)), text)
    .replace(mention, (typed) => tokens.get(typed.toLowerCase()) ?? typed);
}

/** The opposite: what the bot says, as people here write it. */
export function withNames(text: string, people: readonly PretendMember[]): string {
  return mentionsOf(people).reduce(
    (rest, { typed, token }) => rest.replaceAll(token, typed).replaceAll(apart(token), token),
    text,
  );
}

function apart(token: string): string {
  return `${token.charAt(0)}${JOINER}${token.slice(1)}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

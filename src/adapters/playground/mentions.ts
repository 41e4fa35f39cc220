import { places } from './places.ts';
import type { PretendMember } from './users.ts';

/** WORD JOINER: invisible. Put inside a token that somebody typed, so that it is read as plain text. */
const JOINER = '\u2060';

/** All members and channels, as they are typed and as the tokens that the bot reads. */
function mentionsOf(users: readonly PretendMember[]): readonly { typed: string; token: string }[] {
  const channels = places.filter((place) => !place.direct);
  return [
    ...users.map(({ name, user }) => ({ typed: `@${name}`, token: `<@${user}>` })),
    ...channels.map(({ name, id }) => ({ typed: `#${name}`, token: `<#${id}>` })),
  ];
}

/**
 * Turns `@Tom` and `#general` in typed text into the tokens that the bot reads (`<@tom>`, `<#general>`).
 * Everything else stays plain text: `<!channel>`, `@everyone`, and tokens that somebody typed.
 */
export function withMentions(text: string, users: readonly PretendMember[]): string {
  const mentions = mentionsOf(users);
  const tokens = new Map(mentions.map(({ typed, token }) => [typed.toLowerCase(), token]));
  const names = [...tokens.keys()].sort((a, b) => b.length - a.length).map(escaped);
  // Not inside a longer word, such as jo@tom.org or @Tommy.
  const mention = new RegExp(
    `(?<![\\p{L}\\p{N}_<@#${JOINER}])(${names.join('|')})(?![\\p{L}\\p{N}_])`,
    'giu',
  );
  return mentions
    .reduce((rest, { token }) => rest.replaceAll(token, neutralized(token)), text)
    .replace(mention, (typed) => tokens.get(typed.toLowerCase()) ?? typed);
}

/** The reverse of `withMentions`: shows the bot's tokens as names. */
export function withNames(text: string, users: readonly PretendMember[]): string {
  return mentionsOf(users).reduce(
    (rest, { typed, token }) => rest.replaceAll(token, typed).replaceAll(neutralized(token), token),
    text,
  );
}

function neutralized(token: string): string {
  return `${token.charAt(0)}${JOINER}${token.slice(1)}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

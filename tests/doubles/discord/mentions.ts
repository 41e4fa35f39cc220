import { objectOf, textOf } from '../json.ts';
import { partsOf } from './components.ts';
import type { Content } from './world.ts';

/** https://docs.discord.com/developers/reference#message-formatting */
const MENTION = /<(?:@[!&]?|#)\d+>|@everyone|@here/g;
/** What Markdown shows literally: an escaped character, or code. */
const LITERAL = /\\[\s\S]|(`+)[\s\S]+?\1/g;

/** The Markdown texts of a message. */
export function textsIn({
  content,
  components,
}: Pick<Content, 'content' | 'components'>): string[] {
  const shown = partsOf(components).filter(({ part }) => part.type === 10);
  return [content, ...shown.map(({ part }) => textOf(part.content))];
}

/** The mentions that readers see: of users, roles, channels or everybody. */
export function mentionsIn(text: string): string[] {
  return text.replace(LITERAL, ' ').match(MENTION) ?? [];
}

/** Whom a message notifies: https://docs.discord.com/developers/resources/message#allowed-mentions-object */
export function pingsOf(message: Content, allowedMentions: unknown): string[] {
  const named = textsIn(message).flatMap(mentionsIn);
  const allowed = allowedMentions ? objectOf(allowedMentions) : undefined;
  const parsed = (kind: string) =>
    !allowed || (Array.isArray(allowed.parse) && allowed.parse.includes(kind));
  const listed = (kind: 'users' | 'roles', id: string) =>
    Array.isArray(allowed?.[kind]) && allowed[kind].includes(id);
  const pings = named.flatMap((mention) => {
    const id = mention.match(/\d+/)?.[0] ?? '';
    if (mention.startsWith('<#')) return [];
    if (!mention.startsWith('<')) return parsed('everyone') ? ['everyone'] : [];
    const kind = mention.startsWith('<@&') ? 'roles' : 'users';
    return parsed(kind) || listed(kind, id) ? [id] : [];
  });
  return [...new Set(pings)];
}

/** Names for the mentions in typed text. */
export interface MentionNames {
  /** A user's name, by the platform's id; undefined if it is not known. */
  nameOf(user: string): string | undefined;
}

/** A mention of a user, a role or a channel in typed text, as adapters hand it to core. It may have a label. */
const MENTION = /<(@&|@!?|#)([^<>|\s]+)(?:\|([^<>]*))?>/g;

/**
 * Typed text with names in place of mentions: `@Sam` for `<@123>`, `#general` for `<#C1|general>`. Invisible control
 * characters and halves of surrogate pairs are removed.
 * @param unknown what to show if there is no name; by default "@someone", "@a role" or "a channel".
 */
export function resolveMentions(text: string, names: MentionNames, unknown = wordFor): string {
  return clean(text).replace(MENTION, (token, kind: string, id: string, label?: string) => {
    const name = (/^@!?$/.test(kind) && names.nameOf(id)) || label;
    const sign = kind.charAt(0);
    if (!name) return unknown(token);
    return name.startsWith(sign) ? name : `${sign}${name}`;
  });
}

function wordFor(token: string): string {
  if (token.startsWith('<@&')) return '@a role';
  return token.startsWith('<@') ? '@someone' : 'a channel';
}

function clean(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '').toWellFormed();
}

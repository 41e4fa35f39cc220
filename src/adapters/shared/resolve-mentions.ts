/** Who can be told by name. */
export interface MentionNames {
  /** The name of a user by the platform's id, for a token that stands in typed text. */
  nameOf(user: string): string | undefined;
}

/** A person, a role or a channel in typed text, as adapters hand it to core; it may carry a label. */
const TOKEN = /<(@&|@!?|#)([^<>|\s]+)(?:\|([^<>]*))?>/g;

/**
 * Typed text as people read it: `@Sam` for `<@123>`, `#general` for `<#C1|general>`. What shows nothing, and halves of
 * torn characters, is left out.
 * @param unknown what stands for whoever has no name here; by default "@someone", "@a role", "a channel".
 */
export function resolveMentions(text: string, names: MentionNames, unknown = wordFor): string {
  return clean(text).replace(TOKEN, (token, kind: string, id: string, label?: string) => {
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

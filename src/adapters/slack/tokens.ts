import type { Reader } from './text.ts';

/** A token as Slack writes it into typed text: https://docs.slack.dev/messaging/formatting-message-text */
const TOKEN = /<([@#!])([^<>|\s]+)(?:\|([^<>]*))?>|<((?:https?|mailto):[^<>|\s]+)(?:\|[^<>]*)?>/gi;

/**
 * Typed text as people read it: `@Sam` for `<@U123>`, `#general` for `<#C1|general>`, the address for a link.
 * What shows nothing, and halves of torn characters, is left out.
 * @param unknown what stands for a person or channel whose name nobody knows; by default "@someone", "a channel".
 */
export function named(text: string, reader: Reader, unknown = wordFor): string {
  return clean(text).replace(
    TOKEN,
    (token, sign: string, id: string, label: string | undefined, url: string | undefined) => {
      if (url !== undefined) return url.replace(/^mailto:/i, '');
      const name = (sign === '@' && reader.nameOf(id)) || label;
      if (!name) return unknown(token);
      return sign === '!' || name.startsWith(sign) ? name : `${sign}${name}`;
    },
  );
}

function wordFor(token: string): string {
  if (token.startsWith('<@')) return '@someone';
  if (token.startsWith('<#')) return 'a channel';
  const [group = ''] = token.slice(2, -1).split('^');
  return group === 'subteam' ? '@a group' : `@${group}`;
}

function clean(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

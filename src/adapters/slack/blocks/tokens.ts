import {
  type MentionNames,
  resolveMentions as namedTokens,
} from '../../shared/resolve-mentions.ts';

/** A group or a link as Slack writes it into typed text: https://docs.slack.dev/messaging/formatting-message-text */
const TOKEN = /<![^<>|\s]+(?:\|([^<>]*))?>|<((?:https?|mailto):[^<>|\s]+)(?:\|[^<>]*)?>/gi;

/**
 * Typed text as people read it: `@Sam` for `<@U123>`, `#general` for `<#C1|general>`, the address for a link.
 * @param unknown what stands for a person, group or channel whose name nobody knows; by default a word for it.
 */
export function named(
  text: string,
  names: MentionNames,
  unknown?: (token: string) => string,
): string {
  return namedTokens(text, names, unknown).replace(
    TOKEN,
    (token, label: string | undefined, url: string | undefined) =>
      url?.replace(/^mailto:/i, '') ?? (label || (unknown ?? groupWord)(token)),
  );
}

function groupWord(token: string): string {
  const [group = ''] = token.slice(2, -1).split('^');
  return group === 'subteam' ? '@a group' : `@${group}`;
}

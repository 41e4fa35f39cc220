import { type MentionNames, resolveMentions } from '../../shared/resolve-mentions.ts';

/** A group or a link in Slack's typed text: https://docs.slack.dev/messaging/formatting-message-text */
const GROUP_OR_LINK = /<![^<>|\s]+(?:\|([^<>]*))?>|<((?:https?|mailto):[^<>|\s]+)(?:\|[^<>]*)?>/gi;

/**
 * Typed text with names in place of mentions: `@Sam` for `<@U123>`, `#general` for `<#C1|general>`, and the address for a link.
 * @param unknown what to show if there is no name; by default a word such as "@someone".
 */
export function withNames(
  text: string,
  names: MentionNames,
  unknown?: (token: string) => string,
): string {
  return resolveMentions(text, names, unknown).replace(
    GROUP_OR_LINK,
    (token, label: string | undefined, url: string | undefined) =>
      url?.replace(/^mailto:/i, '') ?? (label || (unknown ?? groupWord)(token)),
  );
}

function groupWord(token: string): string {
  const [group = ''] = token.slice(2, -1).split('^');
  return group === 'subteam' ? '@a group' : `@${group}`;
}

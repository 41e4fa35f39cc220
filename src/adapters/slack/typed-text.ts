/**
 * Text as Slack sends it, as it was typed: a mention or channel is the token that the bot knows (`<@U123>`), a link
 * is its address, and what Slack has escaped stands as itself.
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function typedText(sent: string): string {
  return sent
    .replace(/<([^<>]*)>/g, (token, inside: string) => {
      const [target = '', label] = inside.split('|');
      if (/^@[UW][A-Z0-9]+$|^#[CG][A-Z0-9]+$/.test(target)) return `<${target}>`;
      if (/^[!@#]/.test(target)) return label ?? target.slice(1);
      if (/^mailto:|^tel:/.test(target)) return label ?? target.replace(/^\w+:/, '');
      return /^https?:/.test(target) ? target : token;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/**
 * Turns text from Slack back into what was typed. A user or channel stays a mention (`<@U123>`), a link becomes its
 * address, and escaped characters are restored.
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

/**
 * Turns text from Slack back into what was typed. A user or channel stays a mention (`<@U123>`, `<#C123|general>`), groups
 * become their names, a link its name and address, and escaped characters are restored.
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function typedText(sent: string): string {
  return sent
    .replace(/<([^<>]*)>/g, (token, inside: string) => {
      const [target = '', label = ''] = inside.split('|');
      if (/^@[UW][A-Z0-9]+$/.test(target)) return `<${target}>`;
      if (/^#[CG][A-Z0-9]+$/.test(target)) return label ? `<${target}|${label}>` : `<${target}>`;
      if (/^[!@#]/.test(target)) return nameOfGroup(target, label);
      return /^(?:https?|mailto|tel):/.test(target) ? typedLink(target, label) : token;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A link as it was typed: only its address, without `http://` if Slack has added that, or a name with its address. */
function typedLink(target: string, label: string): string {
  const address = target.replace(/^(?:mailto|tel):/, '');
  if (label === '') return address;
  return withoutProtocol(label) === withoutProtocol(address) ? label : `${label} (${address})`;
}

const withoutProtocol = (address: string) => address.replace(/^https?:\/\//, '').replace(/\/$/, '');

/** `<!here|here>` and `<!here>` were typed as `@here`, `<!subteam^S1|@team>` as `@team`. A date has its text as label. */
function nameOfGroup(target: string, label: string): string {
  const [kind = ''] = target.slice(1).split('^');
  if (kind === 'date') return label;
  const name = label || (kind === 'subteam' ? 'group' : kind);
  return name.startsWith('@') ? name : `@${name}`;
}

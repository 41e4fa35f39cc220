/**
 * Turns text from Slack back into what was typed. A user or channel stays a mention (`<@U123>`, `<#C123|general>`), groups
 * become their names, a link its name and address, usual emoji (`:tada:`) themselves, and escaped characters are restored.
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
    .replace(EMOJI_NAME, (typed, name: string) => emoji.get(name) ?? typed)
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

/** The name of an emoji, and the tone of its skin. */
const EMOJI_NAME = /:([a-z0-9_+-]+):(?::skin-tone-[2-6]:)?/g;

/**
 * Emoji that people usually write. Slack sends their names, also if the emoji itself was typed, and shows none in a
 * text element by its name: https://docs.slack.dev/messaging/formatting-message-text#emoji
 */
const emoji: ReadonlyMap<string, string> = new Map([
  ['+1', '👍'],
  ['thumbsup', '👍'],
  ['-1', '👎'],
  ['thumbsdown', '👎'],
  ['ok_hand', '👌'],
  ['pray', '🙏'],
  ['clap', '👏'],
  ['wave', '👋'],
  ['raised_hands', '🙌'],
  ['muscle', '💪'],
  ['crossed_fingers', '🤞'],
  ['heart', '❤️'],
  ['blush', '😊'],
  ['smile', '😄'],
  ['smiley', '😃'],
  ['grinning', '😀'],
  ['grin', '😁'],
  ['joy', '😂'],
  ['wink', '😉'],
  ['slightly_smiling_face', '🙂'],
  ['slightly_frowning_face', '🙁'],
  ['thinking_face', '🤔'],
  ['tada', '🎉'],
  ['white_check_mark', '✅'],
  ['heavy_check_mark', '✔️'],
  ['warning', '⚠️'],
  ['telephone_receiver', '📞'],
]);

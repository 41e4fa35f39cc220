/** An invisible character without width. A mention that contains it is plain text in every client. */
const WORD_JOINER = '\u2060';

/**
 * Escapes text for Discord's markdown: nothing in it becomes a mention, link, invitation, timestamp, emoji, command,
 * style, heading, list or quote. Discord does not show the backslashes, and does not copy them.
 * https://support.discord.com/hc/en-us/articles/210298617
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\\*_~`|<>[\]#@:/]/g, '\\$&')
      // Lists, `-#` small print.
      .replace(/^((?:[^\S\n\u2028\u2029]|\u200B)*(?:\d+(?=[.)])|(?=[-+])))/gm, '$1\\')
      // Discord finds these mentions before it reads the markdown.
      .replace(/@(?=everyone|here)/gi, `@${WORD_JOINER}`)
  );
}

/**
 * Text between backticks, where Discord shows every character as it is. What it finds before it reads the markdown gets
 * an invisible character.
 */
export function codeText(text: string): string {
  return text
    .replace(/[`\s]+/g, ' ')
    .replace(
      /@(?=everyone|here)|<(?=[@#])|:(?=\/\/)|(?<=discord(?:app)?)\.(?=com\/invite|gg)/gi,
      `$&${WORD_JOINER}`,
    );
}

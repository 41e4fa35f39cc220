/** Invisible and without width: what it stands in is no longer a mention, whoever reads it. */
const JOINER = '\u2060';

/**
 * Text as Discord's markdown in which nothing is markup: no mention, link, invitation, timestamp, emoji, command, style,
 * heading, list or quote. A backslash is not shown, so that what is copied is what was typed.
 * https://support.discord.com/hc/en-us/articles/210298617
 */
export function escaped(text: string): string {
  return (
    text
      .replace(/[\\*_~`|<>[\]#@:/]/g, '\\$&')
      // Lists, `-#` small print.
      .replace(/^((?:[^\S\n\u2028\u2029]|\u200B)*(?:\d+(?=[.)])|(?=[-+])))/gm, '$1\\')
      // These are found in a message before it is read as markdown.
      .replace(/@(?=everyone|here)/gi, `@${JOINER}`)
  );
}

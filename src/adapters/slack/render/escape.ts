/** An invisible character without width. Markup that contains it is plain text. */
const WORD_JOINER = '\u2060';

/** mrkdwn has no way to escape these characters and their wide forms. Characters that look alike replace them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  '＊': '\u2217',
  _: '\u02CD',
  '＿': '\u02CD',
  '~': '\u223C',
  '～': '\u223C',
  '`': '\u02CB',
  '｀': '\u02CB',
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Escapes text for mrkdwn: nothing in it becomes a mention, link, emoji, style, quote or list.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMrkdwn(text: string): string {
  return (
    text
      .replace(/[*＊_＿~～`｀]/g, (mark) => LOOKALIKES[mark] ?? mark)
      // Without line separators among the spaces: each begins a line, and a text of nothing else would take the square.
      .replace(/^(?=(?:[^\S\n\r\u2028\u2029]|\u200B)*(?:[>＞•◦+-]|\d+[.)]))/gm, WORD_JOINER)
      // `:tada:` is an emoji, `12:30` is not.
      .replace(/[:：](?=[^\s:：]+[:：])/g, `$&${WORD_JOINER}`)
      // `@here`, `#general`, e-mail addresses.
      .replace(/[@#](?=\S)/g, `$&${WORD_JOINER}`)
      .replace(/:(?=\/\/)/g, `$&${WORD_JOINER}`)
      .replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark)
  );
}

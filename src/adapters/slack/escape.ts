/** Invisible and without width: what it stands in is no longer a mark. */
const JOINER = '\u2060';

/** mrkdwn has no way to escape these, wide forms included: they are shown by their doubles. */
const DOUBLES: Readonly<Record<string, string>> = {
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
 * Text as mrkdwn in which nothing is markup: no mention, link, emoji, style, quote or list.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function escaped(text: string): string {
  return (
    text
      .replace(/[*＊_＿~～`｀]/g, (mark) => DOUBLES[mark] ?? mark)
      .replace(/^(?=(?:[^\S\n]|\u200B)*(?:[>＞•◦+-]|\d+[.)]))/gm, JOINER)
      // `:tada:` is an emoji, `12:30` is not.
      .replace(/[:：](?=[^\s:：]+[:：])/g, `$&${JOINER}`)
      // `@here`, `#general`, addresses.
      .replace(/[@#](?=\S)/g, `$&${JOINER}`)
      .replace(/:(?=\/\/)/g, `$&${JOINER}`)
      .replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark)
  );
}

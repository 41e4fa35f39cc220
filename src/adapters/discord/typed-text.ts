/**
 * Text as Discord sends it, as it was typed: a mention is the token that the bot knows (`<@1>`, `<#1>`, `<@&1>`), an
 * emoji and a command are their names, a link is its address.
 * https://discord.com/developers/docs/reference#message-formatting
 */
export function typedText(sent: string): string {
  return sent
    .replace(/<@!(\d+)>/g, '<@$1>')
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/<(\/[^<>:]+):\d+>/g, '$1')
    .replace(/<(https?:\/\/[^<>\s]+)>/g, '$1');
}

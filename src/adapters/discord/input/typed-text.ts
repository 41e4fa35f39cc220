/**
 * Turns text from Discord back into what was typed. Mentions stay (`<@1>`, `<#1>`, `<@&1>`), emojis and commands become
 * their names, links become their addresses.
 * https://discord.com/developers/docs/reference#message-formatting
 */
export function typedText(sent: string): string {
  return sent
    .replace(/<@!(\d+)>/g, '<@$1>')
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/<(\/[^<>:]+):\d+>/g, '$1')
    .replace(/<(https?:\/\/[^<>\s]+)>/g, '$1');
}

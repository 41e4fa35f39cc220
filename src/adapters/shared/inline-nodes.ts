import { dayOf, dayText, momentText } from '../../core/dates/day.ts';
import { whenText } from '../../core/dates/when.ts';
import { commandLine, type InlineNode, type RichText } from '../../core/message/rich-text.ts';
import type { MentionNames } from './resolve-mentions.ts';

/** Who reads a message, on which workspace. */
export interface ReaderContext extends MentionNames {
  /** IANA name of the reader's time zone. */
  zone: string;
  now: Date;
  /** Whether nobody else reads the message, so that times are in the reader's zone without saying so. */
  isOnlyReader?: boolean;
  /** The platform's user id of a member (by Convenor's id), if they are known on this workspace. */
  userOf(member: string): string | undefined;
  /** How commands are shown, where that depends on what the platform knows of them. */
  commandNames?: CommandNames | undefined;
}

/** A command that a text names, as somebody types or presses it on a platform. */
interface ShownCommand {
  text: string;
  mention?: string;
}

/** The names that a platform has for commands. */
export interface CommandNames {
  /** @param words what is typed after the command. */
  show(command: string, words?: string): ShownCommand;
}

/** A piece of rich text as this reader sees it: with names instead of ids. */
export type ShownNode =
  | { kind: 'text' | 'bold'; text: string }
  | { kind: 'link'; text: string; url: string }
  /** A command to type. `mention`: the platform's markup for it, where it can be pressed. */
  | { kind: 'command'; text: string; mention?: string }
  | { kind: 'user'; text: string; user: string }
  | { kind: 'channel'; text: string; channel: string }
  /** `text` names its time zone, unless it has only one reader. */
  | { kind: 'moment'; text: string; at: Date };

/** What a platform can show. */
export interface RenderCapabilities {
  /** Typed text with names in place of the platform's mentions. */
  withNames(text: string, reader: ReaderContext): string;
  /** What to type before the name of a command. A reader's {@link CommandNames} go before it. */
  commandPrefix: string;
  /** What the platform calls a workspace. */
  workspaceWord: string;
  /** Matches the ids of the platform's channels. A channel of another platform cannot be mentioned. */
  channel: RegExp;
  /** The protocols a link may have (`https:`). Any other link is shown as text. */
  protocols: readonly string[];
  /** Characters. A longer link is shown as text. */
  maxUrlLength: number;
}

/** Rich text in pieces that a platform can show. Neighbouring texts are joined, so that no markup can arise between them. */
export function showNodes(
  text: RichText,
  reader: ReaderContext,
  capabilities: RenderCapabilities,
): readonly ShownNode[] {
  const shown: ShownNode[] = [];
  for (const node of text.map((each) => showNode(each, reader, capabilities))) {
    const last = shown.at(-1);
    if (node.text === '') continue;
    if (last?.kind === 'text' && node.kind === 'text') {
      shown[shown.length - 1] = { kind: 'text', text: last.text + node.text };
    } else shown.push(node);
  }
  return shown;
}

/** Pieces as plain text, not escaped. */
export function plainNodes(nodes: readonly ShownNode[]): string {
  return nodes
    .map((node) => (node.kind === 'link' ? `${node.text} (${node.url})` : node.text))
    .join('');
}

/** An instant in whole seconds since 1970. */
export const unixSeconds = (at: Date): number => Math.floor(at.getTime() / 1000);

function showNode(
  node: InlineNode,
  reader: ReaderContext,
  capabilities: RenderCapabilities,
): ShownNode {
  const withNames = (text: string) => capabilities.withNames(text, reader);
  if ('text' in node) return { kind: 'text', text: withNames(node.text) };
  if ('bold' in node) return { kind: 'bold', text: withNames(node.bold) };
  if ('link' in node) return linkNode(withNames(node.link), node.url, capabilities);
  if ('command' in node) {
    const words = node.words === undefined ? undefined : withNames(node.words);
    const line = commandLine({ command: node.command, words });
    const text = `${capabilities.commandPrefix}${line}`;
    return { kind: 'command', ...(reader.commandNames?.show(node.command, words) ?? { text }) };
  }
  if ('term' in node) return { kind: 'text', text: capabilities.workspaceWord };
  if ('member' in node) {
    const [text, user] = [withNames(node.name), reader.userOf(node.member)];
    return user === undefined ? { kind: 'text', text } : { kind: 'user', text, user };
  }
  if ('channel' in node) {
    const { channel } = node;
    const text = `#${withNames(node.name)}`;
    return capabilities.channel.test(channel)
      ? { kind: 'channel', text, channel }
      : { kind: 'text', text };
  }
  if ('moment' in node) {
    return momentNode(new Date(node.moment), reader);
  }
  return { kind: 'text', text: dayText(node.day, dayOf(reader.now, reader.zone)) };
}

function momentNode(at: Date, { zone, now, isOnlyReader }: ReaderContext): ShownNode {
  const text = isOnlyReader
    ? whenText({ day: dayOf(at, zone), at }, dayOf(now, zone), zone)
    : // A channel has readers in other zones.
      `${momentText(at, zone)} (${zone})`;
  return { kind: 'moment', text, at };
}

function linkNode(
  label: string,
  url: string,
  { protocols, maxUrlLength }: RenderCapabilities,
): ShownNode {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const isAllowed =
    target && protocols.includes(target.protocol) && target.href.length <= maxUrlLength;
  if (!isAllowed) return { kind: 'text', text: `${label} (${url})` };
  return { kind: 'link', text: label || target.href, url: target.href };
}

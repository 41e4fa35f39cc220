import { type APITextDisplayComponent, ComponentType, MessageFlags } from 'discord.js';
import type { Block, Reply } from '../../core/message/reply.ts';
import type { RichText } from '../../core/message/rich-text.ts';
import { uniqueIds } from '../shared/overflow-menu.ts';
import { actionRows, buttonRows } from './button.ts';
import { marked } from './components/mark.ts';
import { fitted, type Part, type Shown } from './fit.ts';
import { LONGEST_MESSAGE } from './limits.ts';
import { markdownParts, type ReaderContext } from './text.ts';

/** A message as Discord's API takes it: https://discord.com/developers/docs/components/reference */
export interface DiscordMessage {
  flags: MessageFlags.IsComponentsV2;
  components: Shown[];
  /** Whoever is named is not called: https://discord.com/developers/docs/resources/message#allowed-mentions-object */
  allowed_mentions: { parse: [] };
}

/** How dense a card is. */
interface Way {
  /** A row's actions as one menu. */
  folded: boolean;
  /** Characters of one text; a longer one is several, so that as much as possible is shown where not all can be. */
  longest: number;
}

const ways: readonly Way[] = [
  { folded: false, longest: LONGEST_MESSAGE },
  { folded: true, longest: LONGEST_MESSAGE },
  { folded: true, longest: 500 },
];

/**
 * A reply as a message, within Discord's limits.
 * @param delivery travels with it, and `carries` finds it again.
 */
export function messageOf(reply: Reply, reader: ReaderContext, delivery?: string): DiscordMessage {
  const card: readonly Block[] = [{ kind: 'text', text: reply.text }, ...(reply.card ?? [])];
  const components = fitted(
    ways.map((way) => () => card.flatMap((block) => partsOfBlock(block, reader, way))),
  );
  return {
    flags: MessageFlags.IsComponentsV2,
    components: marked(uniquely(components), delivery),
    allowed_mentions: { parse: [] },
  };
}

function partsOfBlock(
  block: Block,
  reader: ReaderContext,
  { folded, longest }: Way,
): readonly Part[] {
  switch (block.kind) {
    case 'text':
      return textsOf(block.text, reader, longest).map((shown) => [shown]);
    case 'note':
      return textsOf(block.text, reader, longest).map((shown) => [small(shown)]);
    case 'row':
      return [
        [...textsOf(block.text, reader, longest), ...actionRows(block.buttons, reader, folded)],
      ];
    case 'buttons':
      return buttonRows(block.buttons, reader).map((shown) => [shown]);
  }
}

function textsOf(
  text: RichText,
  reader: ReaderContext,
  longest: number,
): APITextDisplayComponent[] {
  return markdownParts(text, reader, longest)
    .filter((content) => /[^\s\u200B\u2060]/.test(content))
    .map((content) => ({ type: ComponentType.TextDisplay, content }));
}

/** Small and grey, line by line. */
function small({ type, content }: APITextDisplayComponent): APITextDisplayComponent {
  return { type, content: content.replace(/^(?=.*\S)/gm, '-# ') };
}

/** Buttons and menus with ids that are each the only one in the message. */
function uniquely(components: readonly Shown[]): Shown[] {
  const unique = uniqueIds();
  return components.map((shown) =>
    shown.type === ComponentType.ActionRow
      ? {
          ...shown,
          components: shown.components.map((one) => ({ ...one, custom_id: unique(one.custom_id) })),
        }
      : shown,
  );
}

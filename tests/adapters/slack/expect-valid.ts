import type { KnownBlock, RichTextElement } from '@slack/types';
import { expect } from 'vitest';
import type { Json } from '../../doubles/json.ts';
import { blocksProblem, elementsOf } from '../../doubles/slack/blocks.ts';

/** All interactive elements of some blocks, in reading order. */
export function actionsIn(blocks: readonly unknown[]): Json[] {
  return blocks.flatMap((block) => elementsOf(block as Json));
}

/** The parts of rich text in some blocks. */
export function richElements(blocks: readonly KnownBlock[]): readonly RichTextElement[] {
  return blocks.flatMap((block) =>
    block.type !== 'rich_text'
      ? []
      : block.elements.flatMap((section) =>
          section.type === 'rich_text_section' ? section.elements : [],
        ),
  );
}

/** The text of the rich text in some blocks. */
export function wordsIn(blocks: readonly KnownBlock[]): string {
  return richElements(blocks)
    .map((element) => {
      if (element.type === 'text' || element.type === 'link') return element.text;
      if (element.type === 'user') return `@${element.user_id}`;
      if (element.type === 'channel') return `#${element.channel_id}`;
      return element.type === 'date' ? element.fallback : `(${element.type}?)`;
    })
    .join('');
}

const url = { url: /^(https?:\/\/|mailto:)\S+$/, text: /[\s\S]/ };
/** The fields that each rich text element must have, of those that Convenor uses. */
const fields: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  text: { text: /[\s\S]/ },
  link: url,
  user: { user_id: /^[UW][A-Z0-9]+$/ },
  channel: { channel_id: /^[CG][A-Z0-9]+$/ },
  date: { timestamp: /^\d+$/, format: /\{/, fallback: /./ },
};

/** Expects blocks that Slack accepts on this surface. */
export function expectValid(blocks: readonly KnownBlock[], surface: 'message' | 'modal' | 'home') {
  expect(blocksProblem(blocks, surface)).toBeUndefined();
  for (const block of blocks) {
    if (block.type !== 'rich_text') continue;
    expect(block.elements.map(({ type }) => type)).toEqual(['rich_text_section']);
    expect(richElements([block]).length).toBeGreaterThan(0);
  }
  for (const element of richElements(blocks)) {
    const { type, style, ...rest } = element;
    const wanted = fields[type];
    expect(Object.keys(rest).sort(), type).toEqual(Object.keys(wanted ?? {}).sort());
    for (const [name, value] of Object.entries(rest))
      expect(`${value}`).toMatch(wanted?.[name] ?? /$^/);
    if (style) expect([{ bold: true }, { code: true }]).toContainEqual(style);
  }
  if (surface !== 'message') return;
  expect(Buffer.byteLength(JSON.stringify(blocks))).toBeLessThan(13_000);
  const ids = actionsIn(blocks).map(({ action_id }) => action_id);
  expect(new Set(ids).size).toBe(ids.length);
}

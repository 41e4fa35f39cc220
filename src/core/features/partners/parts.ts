import { storyButton } from '../../cards/partner-buttons.ts';
import { quietText } from '../../cards/partner-facts.ts';
import type { Day } from '../../dates/day.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Block } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';

/** How many parts of a partner its story shows. */
const MAX_PARTS_SHOWN = 3;

/**
 * The parts of a partner, such as the teams of a council, the one with the latest contact first.
 * @param tied the reader belongs to the partner, so they see the day of the last contact only
 */
export function partBlocks(
  parts: readonly Partner[],
  { today, tied }: { today: Day; tied: boolean },
): Block[] {
  if (parts.length === 0) return [];
  const latest = parts.toSorted((a, b) => (b.lastContact ?? '').localeCompare(a.lastContact ?? ''));
  const more = parts.length - MAX_PARTS_SHOWN;
  const text = (part: Partner) =>
    tied
      ? part.lastContact && rich`last contact on ${day(part.lastContact)}`
      : quietText(part, today);
  return [
    { kind: 'text', text: rich`${bold('Parts of it')}` },
    ...latest.slice(0, MAX_PARTS_SHOWN).map(
      (part): Block => ({
        kind: 'row',
        text: rich`${bold(part.name)} · ${text(part) || 'no contact is noted yet'}`,
        buttons: [storyButton(part)],
      }),
    ),
    ...(more > 0 ? [{ kind: 'note' as const, text: rich`And ${more} more.` }] : []),
  ];
}

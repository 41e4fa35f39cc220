import { FORM } from '../../message/invocation.ts';
import type { Button } from '../../message/reply.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';
import { idsOf, type Member } from './member.ts';

/** For how many residents a message has a button. The list of members has the rest. */
const MAX_BUTTONS = 3;

/**
 * Says for which residents without Slack or Discord a member kept in touch who leaves, with a button for each to choose
 * somebody else.
 * @param all everybody in the partnership.
 * @returns the text begins with a space; empty if there is nobody.
 */
export function keeperLeftNews(
  left: Pick<Member, 'id' | 'mergedFrom'>,
  all: readonly Member[],
): { text: RichText; buttons: readonly Button[] } {
  const ids = idsOf(left);
  const kept = all.filter(({ active, keeper = null }) => active && keeper && ids.includes(keeper));
  if (kept.length === 0) return { text: [], buttons: [] };
  const names = joined(
    kept.map(({ name }) => [bold(name)]),
    ', ',
  );
  const whom = kept.length === 1 ? 'that person' : 'them';
  return {
    text: rich` They kept in touch with ${names}. Until somebody else does, the coordinators hear what is for ${whom}.`,
    buttons: kept.slice(0, MAX_BUTTONS).map(({ name }) => ({
      label: `Keep in touch with ${name}`,
      command: 'member by-hand',
      args: { name, [FORM]: 'yes' },
    })),
  };
}

import { listText } from '../../base/text.ts';
import { introduceButton } from '../../cards/introduce-button.ts';
import { storyButton } from '../../cards/partner-buttons.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import {
  type Knower,
  type Reach,
  reachOf,
  readKnowers,
} from '../../domain/acquaintances/knowers.ts';
import { isFirstOfWeek } from '../../domain/briefs/schedule.ts';
import { recentDeliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isActiveCoordinator, type Member } from '../../domain/members/member.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Block } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';

/** A new partner is first met by one person, so a brief mentions only what has been so for this long. */
const SETTLED_DAYS = 28;
/** How many partners are looked at for one brief. */
const MAX_LOOKED_AT = 20;

/** A row of a brief, and its name in the ledger. */
interface ReachRow {
  block: Block;
  item: string;
}

/**
 * For a coordinator: one partner that only one of us, or only workers, know. It comes with the first brief of a week,
 * never by itself, and not again while the ledger of recent messages has it.
 */
export async function reachRow(
  member: Member,
  { today, isWhole }: { today: Day; isWhole: boolean },
  context: { store: Store; directory: Directory; partnership: Partnership },
): Promise<ReachRow | undefined> {
  const { store, directory, partnership } = context;
  if (!isWhole || !isActiveCoordinator(member) || directory.activeMembers.length < 2)
    return undefined;
  if (!isFirstOfWeek(today, member, partnership)) return undefined;
  const viewer = viewerOf(member, directory);
  const ledger = await recentDeliveries(member.id, store);
  const mentioned = new Set(ledger.flatMap(({ state, items }) => (state === 'sent' ? items : [])));
  for (const reach of ['one', 'workers'] as const) {
    const range = { field: 'reachSince', to: addToDay(today, { days: -SETTLED_DAYS }) } as const;
    const where = { archived: false, reach };
    const query = { index: 'byReach', where, range, descending: true } as const;
    const { rows } = await store.of(partners).find(query, MAX_LOOKED_AT);
    for (const row of rows) {
      const item = `reach:${row.id}`;
      if (isTiedTo(viewer, row.id) || mentioned.has(item)) continue;
      // The row is of last night.
      const { known } = await readKnowers(row.id, today, context);
      if (reachOf(known) === reach) return { block: blockOf(row, reach, known), item };
    }
  }
  return undefined;
}

function blockOf(
  partner: { id: string; name: string },
  reach: Reach,
  known: readonly Knower[],
): Block {
  const names = listText(
    known.map(({ member }) => member.name),
    'and',
  );
  const name = bold(partner.name);
  const text =
    reach === 'one'
      ? rich`Of us, only ${names} knows ${name}. It would help if somebody else met them too.`
      : rich`Only paid workers know ${name}: ${names}. It would help if a resident met them too.`;
  return { kind: 'row', text, buttons: [introduceButton(partner), storyButton(partner)] };
}

import { followupLine, followupRow } from '../../cards/followup-row.ts';
import { quietRow } from '../../cards/quiet-row.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { deliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';
import { getAll } from '../../ports/store.ts';
import {
  briefFooter,
  escalatedRow,
  MAX_ITEMS_SHOWN,
  requestRow,
  withBriefButtons,
} from './cards.ts';

/**
 * Shows the answer to a button of a brief in the brief itself: the message is replaced by the brief with its items as
 * they are now, and the answer with its Undo above them. The items come from the ledger, so old briefs work too.
 * @returns the answer alone if the member has no such brief.
 */
export async function updateBrief(
  id: string,
  answer: Reply,
  context: { store: Store; member: Member; directory: Directory; today: Day },
): Promise<Reply> {
  const { store, member, directory, today } = context;
  const delivery = await store.of(deliveries).get(id);
  if (delivery?.kind !== 'brief' || !isSameMember(member, delivery.recipient)) return answer;
  const briefDay = delivery.occurrence;
  const items = await currentItems(delivery.items, { member, directory, briefDay, today, store });
  return updatedBriefCard({ delivery: id, member, items, answer }, today, directory);
}

/** The brief after one of its buttons was pressed: the answer, then the items as they are now. */
function updatedBriefCard(
  content: { delivery: string; member: Member; items: readonly CurrentItem[]; answer: Reply },
  today: Day,
  directory: Directory,
): Reply {
  const { delivery, member, items, answer } = content;
  const waiting = items.filter(({ outcome }) => outcome === undefined);
  const movable = waiting.filter(({ kind }) => kind === 'followup').length;
  const text =
    waiting.length === 0
      ? rich`All sorted, ${member.name}. Thank you.`
      : rich`Hello ${member.name}. ${waiting.length} of ${items.length} ${waiting.length === 1 ? 'is' : 'are'} still waiting for you.`;
  const card: Block[] = [
    { kind: 'text', text: answer.text },
    ...(answer.card ?? []),
    ...items.slice(0, MAX_ITEMS_SHOWN).map((item) => itemBlock(item, today, directory)),
  ];
  const rest = Math.max(0, items.length - MAX_ITEMS_SHOWN);
  return {
    text,
    card: [...withBriefButtons(card, delivery), ...briefFooter({ delivery, rest, movable })],
    replaces: true,
  };
}

function itemBlock(item: CurrentItem, today: Day, directory: Directory): Block {
  if (item.outcome) return outcomeNote(item, item.outcome, today, directory);
  if (item.kind === 'quiet') return quietRow({ ...item.row, nudgeOn: null }, today);
  if (item.kind === 'ask') return requestRow(item.row, today, directory);
  return item.kind === 'escalated'
    ? escalatedRow(item.row, today, directory)
    : followupRow(item.row, today, directory);
}

const outcomeWords: { readonly [outcome in Outcome]: string } = {
  done: 'Done',
  cancelled: 'Off the list',
  moved: 'Later',
  elsewhere: 'With somebody else',
  mine: 'Yours now',
  'in touch': 'In touch again',
};

/** An item that is no longer open. It stays in its place, without buttons. */
function outcomeNote(item: CurrentItem, outcome: Outcome, today: Day, directory: Directory): Block {
  const { row } = item;
  const what =
    'title' in row
      ? outcome === 'moved'
        ? followupLine(row, today, directory, { owner: false })
        : rich`${bold(row.title)}`
      : rich`${bold(row.name)}${outcome === 'moved' && row.nudgeOn !== null && rich` · ${day(row.nudgeOn)}`}`;
  return { kind: 'note', text: rich`${outcomeWords[outcome]}: ${what}` };
}

/** A brief mentions a quiet partner again after so many days. */
const NUDGE_AGAIN_DAYS = 7;

/** An item of a brief as it is now. `outcome`: what happened to it; undefined: it is still open. */
type CurrentItem =
  | { kind: 'followup' | 'ask' | 'escalated'; row: Followup; outcome: Outcome | undefined }
  | { kind: 'quiet'; row: Partner; outcome: Outcome | undefined };

/** `moved`: to another day. `elsewhere`: somebody else has it, or it was answered. `mine`: the member said yes to it. */
type Outcome = 'done' | 'cancelled' | 'moved' | 'elsewhere' | 'mine' | 'in touch';

/**
 * Reads what happened to the items of a brief (see `itemNames`), in the order of the brief. Items whose row is gone, or
 * is hidden from the member now, are left out. `briefDay` is the local day of the brief, `today` the reader's.
 */
async function currentItems(
  items: readonly string[],
  {
    member,
    directory,
    briefDay,
    today,
    store,
  }: { member: Member; directory: Directory; briefDay: Day; today: Day; store: Store },
): Promise<CurrentItem[]> {
  const named = items.map((item) => item.split(':'));
  const idsOf = (...kinds: string[]) =>
    named.flatMap(([kind = '', id = '']) => (kinds.includes(kind) ? [id] : []));
  const found = await getAll(store.of(followups), idsOf('followup', 'ask', 'escalated'));
  const viewer = viewerOf(member, directory);
  const rows = byId(found.filter((row) => !isFollowupHiddenFrom(viewer, row)));
  const quiet = byId(await getAll(store.of(partners), idsOf('quiet')));
  return named.flatMap(([kind, id = '', day = '']): CurrentItem[] => {
    const row = rows.get(id);
    const partner = quiet.get(id);
    if (kind === 'followup' && row)
      return [{ kind, row, outcome: followupOutcome(row, member, day) }];
    // An escalated one is open until it is closed or moved. It does not matter who owns it.
    if (kind === 'escalated' && row) return [{ kind, row, outcome: escalationOutcome(row, day) }];
    if (kind === 'ask' && row) return [{ kind, row, outcome: requestOutcome(row, member) }];
    if (kind === 'quiet' && partner)
      return [
        {
          kind,
          row: partner,
          outcome: quietOutcome(partner, today, [day, nudgeAgainOn(briefDay)]),
        },
      ];
    return [];
  });
}

/** The day on which briefs mention a quiet partner again, after a brief on `briefDay` did. */
export const nudgeAgainOn = (briefDay: Day): Day => addToDay(briefDay, { days: NUDGE_AGAIN_DAYS });

const byId = <T extends { id: string }>(rows: readonly T[]) =>
  new Map(rows.map((row) => [row.id, row]));

function followupOutcome(row: Followup, { id }: Member, wasDue: Day): Outcome | undefined {
  if (row.state !== 'open') return row.state;
  if (row.who !== id) return 'elsewhere';
  return row.dueDay !== null && row.dueDay > wasDue ? 'moved' : undefined;
}

function escalationOutcome({ state, dueDay }: Followup, wasDue: Day): Outcome | undefined {
  if (state !== 'open') return state;
  return dueDay !== null && dueDay > wasDue ? 'moved' : undefined;
}

function requestOutcome(row: Followup, { id }: Member): Outcome | undefined {
  if (row.state !== 'open') return row.state;
  if (row.asked === id) return undefined;
  return row.who === id ? 'mine' : 'elsewhere';
}

function quietOutcome(partner: Partner, today: Day, nudges: readonly Day[]): Outcome | undefined {
  if (partner.archived || partner.quietOn === null || partner.quietOn > today) return 'in touch';
  return partner.nudgeOn !== null && nudges.includes(partner.nudgeOn) ? undefined : 'moved';
}

import { followupLine } from '../../cards/followup-row.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { type BriefItem, MAX_NEWS_SHOWN, readItemName } from '../../domain/briefs/brief-items.ts';
import { deliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { maySpeakFor } from '../../domain/members/by-hand.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { isOnLeaveOrJustBack } from '../../domain/members/rules.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';
import { getAll } from '../../ports/store.ts';
import { type BriefContext, briefFooter, itemBlock, withBriefButtons } from './cards.ts';

/**
 * Shows the answer to a button of a brief in the brief itself: the message is replaced by the brief with its items as
 * they are now, and the answer with its Undo above them. The items come from the ledger, so old briefs work too.
 * @returns the answer alone if the member has no such brief.
 */
export async function updateBrief(
  id: string,
  answer: Reply,
  given: {
    store: Store;
    member: Member;
    directory: Directory;
    partnership: Partnership;
    today: Day;
  },
): Promise<Reply> {
  const { store, member, directory, partnership, today } = given;
  const delivery = await store.of(deliveries).get(id);
  if (delivery?.kind !== 'brief' || !isSameMember(member, delivery.recipient)) return answer;
  const briefDay = delivery.occurrence;
  const items = await currentItems(delivery.items, { member, directory, briefDay, today, store });
  const isBack = isOnLeaveOrJustBack(member, today, partnership);
  return updatedBriefCard(
    { delivery: id, member, items, answer },
    { today, directory, partnership, isBack },
  );
}

/** The brief after one of its buttons was pressed: the answer, then the items as they are now. */
function updatedBriefCard(
  content: { delivery: string; member: Member; items: readonly CurrentItem[]; answer: Reply },
  context: BriefContext,
): Reply {
  const { delivery, member, items, answer } = content;
  const waiting = items.filter(({ outcome }) => outcome === undefined);
  const movable = waiting.filter(
    ({ item }) => item.kind === 'due' || (item.kind === 'late' && item.row.ours),
  ).length;
  const text =
    waiting.length === 0
      ? rich`All sorted, ${member.name}. Thank you.`
      : rich`Hello ${member.name}. ${waiting.length} of ${items.length} ${waiting.length === 1 ? 'is' : 'are'} still waiting for you.`;
  const listed = items.filter(({ onlyCounted }) => !onlyCounted).slice(0, MAX_NEWS_SHOWN);
  const card: Block[] = [
    { kind: 'text', text: answer.text },
    ...(answer.card ?? []),
    ...listed.map((item) => currentBlock(item, member, context)),
  ];
  const rest = waiting.filter((item) => !listed.includes(item)).length;
  return {
    text,
    card: [...withBriefButtons(card, delivery), ...briefFooter({ delivery, rest, movable })],
    replaces: true,
  };
}

function currentBlock(
  { item, outcome }: CurrentItem,
  reader: Member,
  context: BriefContext,
): Block {
  return outcome ? outcomeNote(item, outcome, context) : itemBlock(item, reader, context);
}

const outcomeWords: { readonly [outcome in Outcome]: string } = {
  done: 'Done',
  cancelled: 'Off the list',
  moved: 'Later',
  elsewhere: 'With somebody else',
  mine: 'Yours now',
  asked: 'Asked for it',
  'in touch': 'In touch again',
};

/** An item that is no longer open. It stays in its place, without buttons. */
function outcomeNote(
  { kind, row }: BriefItem,
  outcome: Outcome,
  { today, directory }: BriefContext,
): Block {
  const what =
    kind === 'quiet'
      ? rich`${bold(row.name)}${outcome === 'moved' && row.nudgeOn !== null && rich` · ${day(row.nudgeOn)}`}`
      : outcome === 'moved'
        ? followupLine(row, today, directory, { owner: false })
        : rich`${bold(row.title)}`;
  return { kind: 'note', text: rich`${outcomeWords[outcome]}: ${what}` };
}

/** A brief mentions a quiet partner again after so many days. */
const NUDGE_AGAIN_DAYS = 7;

/** An item of a brief as it is now. `outcome`: what happened to it; undefined: it is still open. */
interface CurrentItem {
  item: BriefItem;
  outcome: Outcome | undefined;
  /** The brief did not show it, but counted it among the rest. */
  onlyCounted: boolean;
}

/**
 * `moved`: to another day. `elsewhere`: somebody else has it, or it was answered. `mine`: the member said yes to it.
 * `asked`: somebody has asked for it.
 */
type Outcome = 'done' | 'cancelled' | 'moved' | 'elsewhere' | 'mine' | 'asked' | 'in touch';

/**
 * Reads what happened to the items of a brief (see `itemNames`), in the order of the brief. Items whose row is gone, or
 * is hidden from the member now, are left out. `briefDay` is the local day of the brief, `today` the reader's.
 */
async function currentItems(
  names: readonly string[],
  {
    member,
    directory,
    briefDay,
    today,
    store,
  }: { member: Member; directory: Directory; briefDay: Day; today: Day; store: Store },
): Promise<CurrentItem[]> {
  const named = names.map(readItemName);
  const idsOf = (...kinds: string[]) =>
    named.flatMap(({ parts: [kind = '', id = ''] }) => (kinds.includes(kind) ? [id] : []));
  const found = await getAll(store.of(followups), idsOf('followup', 'ask', 'escalated'));
  const viewer = viewerOf(member, directory);
  const speaksFor = (id: string | null) => maySpeakFor(member, directory.member(id ?? ''));
  const rows = byId(found.filter((row) => !isFollowupHiddenFrom(viewer, row)));
  const quiet = byId(await getAll(store.of(partners), idsOf('quiet')));
  return named.flatMap(({ parts: [kind, id = '', day = ''], onlyCounted }): CurrentItem[] => {
    const row = rows.get(id);
    const partner = quiet.get(id);
    if (kind === 'followup' && row) {
      const item = { kind: kindOf(row, today), row };
      return [
        { item, outcome: followupOutcome(row, member, speaksFor, day, briefDay), onlyCounted },
      ];
    }
    // An escalated one is open until it is closed or moved. It does not matter who owns it.
    if (kind === 'escalated' && row)
      return [{ item: { kind, row }, outcome: escalationOutcome(row, day), onlyCounted }];
    if (kind === 'ask' && row)
      return [
        {
          item: { kind: 'asked', row },
          outcome: requestOutcome(row, member, speaksFor),
          onlyCounted,
        },
      ];
    if (kind === 'quiet' && partner) {
      const nudges = [day, nudgeAgainOn(briefDay)];
      const outcome = quietOutcome(partner, today, nudges);
      return [{ item: { kind, row: partner }, outcome, onlyCounted }];
    }
    return [];
  });
}

/** How a brief shows an open follow-up. */
export function kindOf({ dueDay, ours }: Followup, today: Day): 'late' | 'chase' | 'due' {
  if (dueDay === null || dueDay >= today) return 'due';
  return ours ? 'late' : 'chase';
}

/** The day on which briefs mention a quiet partner again, after a brief on `briefDay` did. */
export const nudgeAgainOn = (briefDay: Day): Day => addToDay(briefDay, { days: NUDGE_AGAIN_DAYS });

const byId = <T extends { id: string }>(rows: readonly T[]) =>
  new Map(rows.map((row) => [row.id, row]));

function followupOutcome(
  row: Followup,
  { id }: Member,
  speaksFor: (member: string | null) => boolean,
  wasDue: Day,
  briefDay: Day,
): Outcome | undefined {
  if (row.state !== 'open') return row.state;
  if (row.who !== id && !speaksFor(row.who)) return 'elsewhere';
  if (row.chasedOn && row.chasedOn >= briefDay) return 'asked';
  return row.dueDay !== null && row.dueDay > wasDue ? 'moved' : undefined;
}

function escalationOutcome({ state, dueDay }: Followup, wasDue: Day): Outcome | undefined {
  if (state !== 'open') return state;
  return dueDay !== null && dueDay > wasDue ? 'moved' : undefined;
}

function requestOutcome(
  row: Followup,
  { id }: Member,
  speaksFor: (member: string | null) => boolean,
): Outcome | undefined {
  if (row.state !== 'open') return row.state;
  if (row.asked === id || speaksFor(row.asked)) return undefined;
  return row.who === id ? 'mine' : 'elsewhere';
}

function quietOutcome(partner: Partner, today: Day, nudges: readonly Day[]): Outcome | undefined {
  if (partner.archived || partner.quietOn === null || partner.quietOn > today) return 'in touch';
  return partner.nudgeOn !== null && nudges.includes(partner.nudgeOn) ? undefined : 'moved';
}

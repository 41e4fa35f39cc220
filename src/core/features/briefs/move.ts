import { mentionAnswer, type PromiseAnswer } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { nextWorkingDay } from '../../dates/working-days.ts';
import { briefScopeOf, gatherBriefItems } from '../../domain/briefs/gather.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { dueAt, keepingClockTime, refusePast } from '../../domain/followups/rules.ts';
import { ownerZone, withReminderAfterEdit } from '../../domain/followups/series.ts';
import { maySpeakFor } from '../../domain/members/by-hand.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import type { Member } from '../../domain/members/member.ts';
import { FORM, type RawArgs, REPLACE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** How many titles a sentence names. */
const MAX_TITLES_NAMED = 3;

/** The result of moving follow-ups. */
export interface MoveResult {
  moved: Followup[];
  /** The ones that were left alone because their reminder is being sent. */
  sending: Followup[];
}

/**
 * Moves a member's follow-ups to a day. They keep their clock time if it is still to come on that day. Follow-ups that
 * were closed, given away or moved in the meantime stay as they are. A series keeps its rule.
 */
async function moveFollowups(
  to: Day,
  rows: readonly Followup[],
  member: Pick<Member, 'id' | 'role'>,
  deps: Deps,
): Promise<MoveResult> {
  const result: MoveResult = { moved: [], sending: [] };
  const zone = ownerZone(member.id, deps);
  for (const { id } of rows) {
    let kept = true;
    const now = await updateWithRetry(deps.store.of(followups), id, (open) => {
      const late = open.dueDay !== null && open.dueDay < to;
      const isTheirs =
        open.who === member.id || maySpeakFor(member, deps.directory.member(open.who ?? ''));
      kept = open.state !== 'open' || !isTheirs || !late || open.sending !== null;
      if (kept) return undefined;
      const due = keepingClockTime(open, { day: to }, zone);
      const isAhead = !due.at || due.at > deps.now;
      const moved = { ...open, ...dueAt(isAhead ? due : { day: to }), clockTime: open.clockTime };
      return withReminderAfterEdit(open, moved, deps);
    });
    if (now && !kept) result.moved.push(now);
    else if (now?.sending) result.sending.push(now);
  }
  return result;
}

/** A sentence about the ones that were left alone; empty if there are none. */
function sendingText({ sending }: MoveResult): RichText {
  if (sending.length === 0) return [];
  return sending.length === 1
    ? rich` Its reminder is being sent right now, so I left it alone: ${titlesText(sending)}.`
    : rich` Their reminders are being sent right now, so I left them alone: ${titlesText(sending)}.`;
}

/** The first titles, and how many more there are. */
function titlesText(rows: readonly Followup[]): RichText {
  const titles = rows.slice(0, MAX_TITLES_NAMED).map(({ title }) => [bold(title)]);
  const more = rows.length - MAX_TITLES_NAMED;
  return rich`${joined(titles, ', ')}${more > 0 && ` and ${more} more`}`;
}

/** Moves everything that is late or due to another day. Without a day it offers the usual ones. */
export const moveAll = defineCommand({
  name: 'today move',
  title: 'Move everything of mine',
  submit: 'Move',
  summary: 'Move everything of yours that is late or due to another day',
  examples: ['today move tomorrow', 'today move by:"14 Dec"'],
  args: {
    by: {
      kind: 'date',
      tense: 'future',
      aliases: ['to'],
      summary: 'The new day',
      ask: 'Which day?',
      hint: 'For example tomorrow, friday or 14 Dec',
    },
  },
  words: ['by'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw, now, today, receipt }, deps): Promise<Reply> {
    if (!args.by) return askDay(raw);
    const to = args.by.day;
    refusePast(args.by, now, today);
    const scope = { ...briefScopeOf(member, deps.partnership, today), late: true, whole: false };
    const { late, due } = await gatherBriefItems(member, today, scope, deps);
    const earlier = [...late, ...due].filter(({ dueDay }) => dueDay !== null && dueDay < to);
    const result = await moveFollowups(to, earlier, member, deps);
    const { moved } = result;
    if (moved.length === 0) {
      return {
        text: rich`Nothing of yours is late or due before ${day(to)}.${sendingText(result)}`,
      };
    }
    const next = await nextMentionOf(moved, deps);
    return {
      text: rich`Moved to ${day(to)}: ${titlesText(moved)}.${next && rich` ${next.text}`}${sendingText(result)}`,
      card: [{ kind: 'buttons', buttons: [...(next?.buttons ?? []), undoButton(receipt)] }],
    };
  },
});

/** When follow-ups that were moved to one day are mentioned next. Those with a clock time have reminders of their own. */
async function nextMentionOf(
  moved: readonly Followup[],
  deps: Deps,
): Promise<PromiseAnswer | undefined> {
  const dayAlone = moved.filter(({ at }) => at === null);
  const one = dayAlone.find(({ ours }) => ours) ?? dayAlone[0];
  if (!one) return undefined;
  const answer = await mentionAnswer(one, deps);
  return dayAlone.length === 1 ? answer : { ...answer, buttons: [] };
}

/** Asks for the day, with buttons for the usual ones. */
function askDay(raw: RawArgs): Reply {
  const choice = (label: string, args: RawArgs): Button => ({
    label,
    command: 'today move',
    args: { ...raw, ...args, [REPLACE]: 'yes' },
  });
  const buttons = [
    choice('Tomorrow', { by: 'tomorrow' }),
    choice('Next week', { by: 'in 1 week' }),
    choice('A date…', { [FORM]: 'yes' }),
  ];
  return {
    text: rich`To which day shall I move everything that is late or due?`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/**
 * For somebody who is not in today: no brief before the next working day, and what falls due before then moves to that
 * day, so that it does not look late to others. What was late already stays late.
 */
export const dayOff = defineCommand({
  name: 'today off',
  summary: "Say that you're not in today: what is due waits until the next working day",
  phrases: [
    'i am not in today',
    'not in today',
    'i am off today',
    'i am ill',
    'i am ill today',
    'i am off sick',
  ],
  examples: ['today off'],
  args: {},
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ member, now, today, receipt }, deps): Promise<Reply> {
    const { partnership } = deps;
    const back = nextWorkingDay(addToDay(today, { days: 1 }), partnership);
    const scope = { until: addToDay(back, { days: -1 }), late: false, whole: false, maxQuiet: 0 };
    const { due } = await gatherBriefItems(member, today, scope, deps);
    // First, since it fails while the brief is being sent.
    await changeMember(member.id, deps, (row) => {
      const isOnLeave = row.pausedUntil !== null && row.pausedUntil >= back;
      const pause = isOnLeave ? {} : { pausedUntil: back, dayOffUntil: back };
      return scheduleBrief({ ...row, ...pause }, partnership, now);
    });
    const result = await moveFollowups(back, due, member, deps);
    const { moved } = result;
    const wait = moved.length === 1 ? 'This waits' : 'These wait';
    const waiting = moved.length > 0 && rich` ${wait} until then: ${titlesText(moved)}.`;
    return {
      text: rich`See you on ${day(back)}. No brief before then.${waiting}${sendingText(result)}`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

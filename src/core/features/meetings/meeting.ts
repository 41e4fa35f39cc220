import { idFromReference } from '../../base/id.ts';
import { changeMeetingButton, meetingText } from '../../cards/meeting-text.ts';
import * as shared from '../../cards/partner-args.ts';
import { replyWithUndo, SO_ALREADY } from '../../cards/undo-button.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { minuteOf } from '../../dates/day.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { typedWhen, type When, whenText } from '../../dates/when.ts';
import { type Meeting, meetings } from '../../domain/meetings/meeting.ts';
import { isMeetingHiddenFrom } from '../../domain/meetings/read-meetings.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { ONCE } from '../../message/invocation.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { questionWith, StateError, UserError } from '../../message/user-error.ts';
import { dayInWords } from '../../parsing/day-in-words.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';

const when = {
  kind: 'date',
  tense: 'future',
  moment: true,
  aliases: ['on'],
  summary: 'The day, and the time if there is one',
  ask: 'When?',
  hint: 'For example thursday 11am',
} as const;
const note = {
  kind: 'text',
  summary: 'Who is there, and what it is about',
  ask: 'Who is there, and what about?',
  hint: '',
} as const;
const which = {
  kind: 'text',
  needed: true,
  summary: 'The meeting. Its button fills this in',
  fromButton: true,
} as const;

const NO_DAY = 'When is the meeting? For example thursday 11am.';

/** Notes a meeting with a partner on a day to come. */
export const planMeeting = defineCommand({
  name: 'partner meeting',
  title: 'A meeting to come',
  summary: 'Note when you meet a partner',
  examples: [
    'partner meeting riverside council thursday 11am with Jane',
    'partner meeting riverside council with Jane when:"thursday 11am"',
  ],
  args: { with: shared.partner, when, note },
  words: ['with', 'note'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run(call, deps) {
    const { args, member, receipt } = call;
    const planned = args.when ? { when: args.when, note: args.note } : dayOfMeeting(call, deps);
    refusePast(planned.when, call);
    const row = await insertOnce(deps.store.of(meetings), {
      id: deps.id('meeting'),
      partner: args.with.id,
      ...timeOf(planned.when, call),
      note: planned.note || null,
      by: member.id,
      state: 'planned',
    });
    return replyWithUndo(
      rich`Noted: you meet ${bold(args.with.name)} on ${meetingText(row)}.`,
      receipt,
      [changeMeetingButton(row)],
    );
  },
});

/**
 * The day in the words after the partner, and the other words.
 * @throws UserError without a day. @throws Question if it may be one of several.
 */
function dayOfMeeting(
  { args, raw, now, zone, today }: PlanCall,
  { partnership, id }: Deps,
): { when: When; note: string | undefined } {
  const found = dayInWords(args.note ?? '', { now, zone, tense: 'future', week: partnership });
  if (!found) throw new UserError(NO_DAY, 'when');
  const { reading, others } = found;
  if (reading.kind === 'refused') throw new UserError(reading.reason, 'when');
  if (reading.kind === 'read') return { when: reading.value, note: others };
  const buttons = reading.values.map((value) => ({
    label: whenText(value, today, zone),
    command: 'partner meeting',
    args: { ...raw, note: others, when: typedWhen(value, zone), [ONCE]: id('which day') },
  }));
  throw questionWith(rich`${reading.question} I've kept your words.`, buttons);
}

type PlanCall = Pick<Call, 'raw' | 'now' | 'zone' | 'today'> & {
  args: { note?: string | undefined };
};

/** Changes the day of a meeting, or its words. */
export const changeMeeting = defineCommand({
  name: 'partner reschedule',
  title: 'Change the meeting',
  summary: 'Change when you meet a partner',
  examples: [],
  args: {
    which,
    when: { ...when, emptied: NO_DAY },
    note: { ...note, clearable: true },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async prefill(args, { store, directory, member }) {
    const id = idFromReference(args.which ?? '');
    const row = id === '' ? undefined : await store.of(meetings).get(id);
    if (!row || isMeetingHiddenFrom(viewerOf(member, directory), row, directory)) return {};
    return {
      when: row.time ? `${row.day} ${row.time}` : row.day,
      ...(row.note && { note: row.note }),
    };
  },
  async run(call, deps) {
    const { args, member, receipt } = call;
    const { id } = await findMeeting(args.which, member, deps);
    const day = args.when;
    if (day) refusePast(day, call);
    const row = await updateWithRetry(deps.store.of(meetings), id, (now) => ({
      ...now,
      ...(day && timeOf(day, call)),
      ...(args.note !== undefined && { note: args.note || null }),
      state: 'planned' as const,
    }));
    if (!row) throw gone();
    const name = bold(deps.directory.partner(row.partner)?.name ?? 'the partner');
    return replyWithUndo(
      rich`Changed: the meeting with ${name} is on ${meetingText(row)}.`,
      receipt,
    );
  },
});

/** Says that a meeting does not take place, or did not. */
export const meetingOff = defineCommand({
  name: 'partner no-meeting',
  summary: 'Say that a meeting with a partner is off',
  examples: [],
  args: { which },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, receipt }, deps) {
    const { id, state } = await findMeeting(args.which, member, deps);
    if (state === 'off') return { text: rich`${SO_ALREADY}` };
    const row = await updateWithRetry(deps.store.of(meetings), id, (now) => ({
      ...now,
      state: 'off' as const,
    }));
    if (!row) throw gone();
    const name = bold(deps.directory.partner(row.partner)?.name ?? 'the partner');
    return replyWithUndo(rich`Noted: no meeting with ${name} on ${meetingText(row)}.`, receipt, [
      changeMeetingButton(row, 'Another day'),
    ]);
  },
});

const gone = () => new StateError('I no longer have that meeting. Nothing has changed.');

/** @throws StateError if it is gone, or hidden from the member. @throws UserError if it is not theirs to change. */
async function findMeeting(typed: string, member: Member, deps: Deps): Promise<Meeting> {
  const id = idFromReference(typed);
  const row = id === '' ? undefined : await deps.store.of(meetings).get(id);
  const viewer = viewerOf(member, deps.directory);
  if (!row || isMeetingHiddenFrom(viewer, row, deps.directory)) throw gone();
  if (member.role === 'member' && !isSameMember(member, row.by)) {
    const author = deps.directory.member(row.by)?.name ?? 'Somebody';
    throw new UserError(rich`${author} noted that meeting, and they or a worker can change it.`);
  }
  return row;
}

function refusePast(day: When, { now, today }: Pick<Call, 'now' | 'today'>): void {
  if (day.at ? day.at <= now : day.day < today)
    throw new UserError(
      'That day is over. When is the meeting? If it has taken place, note what was said instead.',
      'when',
    );
}

const timeOf = ({ day, at }: When, { zone }: Pick<Call, 'zone'>) => ({
  day,
  time: at ? timeText(minuteOf(at, zone)) : null,
});

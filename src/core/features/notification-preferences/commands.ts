import { changedFields } from '../../base/changed-fields.ts';
import {
  briefRhythmLabels,
  briefScheduleText,
  settingsChangedReply,
} from '../../cards/member-settings.ts';
import { defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import {
  type BriefRhythm,
  briefRhythms,
  type Member,
  members,
} from '../../domain/members/member.ts';
import { changesForRhythm, effectiveRhythm, pauseUntil } from '../../domain/members/rules.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';

/** Offers ways to get fewer automatic messages, or does the one that was chosen. */
const fewer = defineCommand({
  name: 'fewer',
  title: 'Fewer messages',
  submit: 'Pause',
  summary:
    'Get fewer messages: once a week, only things with a date, or a pause; or give your tasks back',
  phrases: [
    'stop messaging me',
    'too many messages',
    'too much',
    'turn off the emails',
    'turn off the messages',
    'turn off notifications',
    'no more messages',
    { says: 'i am on holiday …', ignoresRest: true },
    { says: 'i am away …', ignoresRest: true },
    { says: 'i will be away …', ignoresRest: true },
    { says: 'i am on leave …', ignoresRest: true },
    'i am on holiday',
    'i am away',
    'i am on leave',
    'stop',
    'stop it',
    'quit',
    'unsubscribe',
    'pause',
    'mute',
    'stop sending me messages',
    'stop reminding me',
    'stop bothering me',
    'stop writing to me',
    'leave me alone',
    'i get too many messages',
    'too many reminders',
    'fewer messages',
    'less messages',
    'go away',
    'shut up',
  ],
  examples: ['fewer', 'fewer weekly', 'fewer until:"2 weeks"'],
  args: {
    how: {
      kind: 'choice',
      choices: briefRhythms,
      labels: briefRhythmLabels,
      summary: 'How often your brief comes; dated: only things with a date',
    },
    until: {
      kind: 'text',
      max: 100,
      summary: 'No briefs and no news until then, such as "2 weeks" or friday',
      ask: 'Pause until when?',
      hint: 'No briefs and no news until then. For example friday, or "2 weeks"',
    },
  },
  words: ['how'],
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async run({ args, member, now, zone, today, receipt }, deps): Promise<Reply> {
    const { how, until } = args;
    const { partnership, directory } = deps;
    if (how === undefined && until === undefined) {
      const present = (await deps.store.of(members).get(member.id)) ?? member;
      return choicesCard(present, partnership, today);
    }
    const pausedUntil =
      until === undefined ? undefined : pauseUntil(until, { now, zone, today }, 'until');
    const before = (await deps.store.of(members).get(member.id)) ?? member;
    const given = changedFields(before, {
      ...(how !== undefined && changesForRhythm(before, how)),
      ...(pausedUntil !== undefined && { pausedUntil }),
    });
    const after =
      Object.keys(given).length === 0
        ? before
        : await changeMember(member.id, deps, (row) =>
            scheduleBrief({ ...row, ...given }, partnership, now),
          );
    return settingsChangedReply(before, after, { partnership, directory, now, receipt });
  },
});

/** Offers the ways to get fewer messages. */
function choicesCard(member: Member, partnership: Partnership, today: Day): Reply {
  const rarer = rarerRhythms(member);
  const buttons: Button[] = [
    { label: 'Once a week', command: 'fewer', args: { how: 'weekly' } },
    { label: 'Only things with a date', command: 'fewer', args: { how: 'dated' } },
  ].filter(({ args }) => rarer.some((rhythm) => rhythm === args.how));
  return {
    text: rich`Of course. What would help? ${briefScheduleText(member, partnership, today)}`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          ...buttons,
          { label: 'Pause a week', command: 'fewer', args: { until: '1 week' } },
          { label: 'Pause until…', command: 'fewer', args: { [FORM]: 'yes' } },
          { label: 'Give my tasks back', command: 'hand back', args: {} },
        ],
      },
    ],
  };
}

/** The rhythms with fewer briefs than a member gets now. */
export function rarerRhythms(member: Pick<Member, 'rhythm' | 'role'>): readonly BriefRhythm[] {
  return rarerByRhythm[effectiveRhythm(member)];
}

const rarerByRhythm: { readonly [rhythm in BriefRhythm]: readonly BriefRhythm[] } = {
  daily: ['weekly', 'dated'],
  weekly: ['dated'],
  dated: [],
  off: [],
};

export const notificationPreferenceCommands = [fewer];

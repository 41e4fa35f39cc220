import { changedMe } from '../../cards/own-settings.ts';
import { defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { changeMember } from '../../domain/members/change.ts';
import { members, rhythms } from '../../domain/members/member.ts';
import { chosenRhythm, pauseUntil } from '../../domain/members/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { choicesCard } from './cards.ts';

/** Fewer messages that nobody asked for: the ways to it, or the one that was chosen. */
const fewer = defineCommand({
  name: 'fewer',
  summary: 'Get fewer messages: once a week, only dated things, a pause, hand yours back',
  examples: ['fewer', 'fewer weekly', 'fewer until:"2 weeks"'],
  args: {
    how: {
      kind: 'choice',
      choices: rhythms,
      summary: 'How often your brief comes; dated: only things with a date',
    },
    until: {
      kind: 'text',
      max: 100,
      summary: 'Nothing unasked until then, such as "2 weeks" or friday',
      ask: 'Pause until when?',
    },
  },
  words: ['how'],
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async run({ args, member, now, zone, today, receipt }, deps): Promise<Reply> {
    const { how, until } = args;
    const { partnership } = deps;
    if (how === undefined && until === undefined) {
      const present = (await deps.store.of(members).get(member.id)) ?? member;
      return choicesCard(present, partnership, today);
    }
    const pausedUntil =
      until === undefined ? undefined : pauseUntil(until, { now, zone, today }, 'until');
    const changed = await changeMember(member.id, deps, (row) =>
      scheduleBrief(
        {
          ...row,
          ...(how !== undefined && chosenRhythm(row, how)),
          pausedUntil: pausedUntil ?? row.pausedUntil,
        },
        partnership,
        now,
      ),
    );
    return changedMe(changed, partnership, today, receipt);
  },
});

export const notificationPreferenceCommands = [fewer];

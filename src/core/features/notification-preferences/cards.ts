import { meText } from '../../cards/own-settings.ts';
import type { Day } from '../../dates/day.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { rarerRhythms } from './rules.ts';

/** The ways to have fewer messages. */
export function choicesCard(member: Member, partnership: Partnership, today: Day): Reply {
  const rarer = rarerRhythms(member);
  const buttons: Button[] = [
    { label: 'Once a week', command: 'fewer', args: { how: 'weekly' } },
    { label: 'Only things with a date', command: 'fewer', args: { how: 'dated' } },
  ].filter(({ args }) => rarer.some((rhythm) => rhythm === args.how));
  return {
    text: rich`Of course. What would help? ${meText(member, partnership, today)}`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          ...buttons,
          { label: 'Pause a week', command: 'fewer', args: { until: '1 week' } },
          { label: 'Pause until…', command: 'fewer', args: { [FORM]: 'yes' } },
          { label: 'Hand mine back', command: 'hand back', args: {} },
        ],
      },
    ],
  };
}

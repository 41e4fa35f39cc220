import { quietRow } from '../../cards/quiet-row.ts';
import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';

/** One page of those that have gone quiet. */
export function quietCard(
  page: { shown: readonly Partner[]; more?: Button | undefined; first: boolean; undated: number },
  today: Day,
  names: Directory,
): Reply {
  const { shown, more, first } = page;
  const buttons: Block[] = more ? [{ kind: 'buttons', buttons: [more] }] : [];
  return {
    text: first
      ? rich`Gone quiet, the longest first. A quick hello is plenty.`
      : rich`Gone quiet too:`,
    card: [
      ...shown.map((partner) => quietRow(partner, today, names)),
      ...buttons,
      ...undatedNote(page.undated),
    ],
  };
}

/** What is said when nobody is quiet. */
export function nobodyQuiet(first: boolean, mine: boolean, undated: number): Reply {
  if (!first) return { text: rich`That was the last of them.` };
  const who = mine ? 'Nobody you lead' : 'Nobody';
  return {
    text: rich`${who} has gone quiet. Well done, all.`,
    card: undatedNote(undated),
  };
}

/** Partners nobody can tell about: unknown is not quiet. */
function undatedNote(count: number): Block[] {
  if (count === 0) return [];
  const many = count === 1 ? '1 partner has' : `${count} partners have`;
  return [
    {
      kind: 'note',
      text: rich`${many} no day to go quiet: nobody has noted a contact yet, or they are resting. If you have spoken with one, a log helps.`,
    },
  ];
}

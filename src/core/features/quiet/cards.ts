import type { Day } from '../../dates/day.ts';
import { FORM } from '../../invocation.ts';
import type { Directory } from '../../names/directory.ts';
import type { Block, Button, Reply } from '../../reply.ts';
import { bold, day, rich } from '../../rich-text.ts';
import type { Partner } from '../partners/store.ts';
import { agoText } from './rules.ts';

/** A partner that has gone quiet, and what can be done about it. With `names` it says who leads. */
export function quietRow(partner: Partner, today: Day, names?: Directory): Block {
  const { name, lastTwoWay, nudgeOn } = partner;
  const lead = names && (names.member(partner.lead ?? '')?.name ?? 'nobody');
  const ago = lastTwoWay
    ? rich`${agoText(lastTwoWay, today)} since anyone spoke with them (${day(lastTwoWay)})`
    : rich`nobody has spoken with them`;
  const later = nudgeOn !== null && nudgeOn > today && rich` · put off until ${day(nudgeOn)}`;
  return {
    kind: 'row',
    text: rich`${bold(name)}: ${ago}${lead && ` · ${lead} leads`}${later}`,
    buttons: quietButtons(partner),
  };
}

function quietButtons({ id }: Partner): Button[] {
  const which = `#${id}`;
  return [
    {
      label: "We've spoken",
      command: 'log',
      args: { with: which, [FORM]: 'yes' },
      style: 'primary',
    },
    { label: 'Later', command: 'quiet later', args: { with: which } },
    {
      label: 'Ask someone else',
      command: 'followup add',
      args: { with: which, next: 'Say hello', [FORM]: 'yes' },
    },
    { label: 'Show', command: 'partner show', args: { with: which } },
  ];
}

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

import { counted } from '../base/text.ts';
import { addToDay, type Day, daysBetween } from '../dates/day.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Partner } from '../domain/partners/partner.ts';
import { FORM } from '../message/invocation.ts';
import type { Block, Button } from '../message/reply.ts';
import { bold, day, type RichText, rich } from '../message/rich-text.ts';
import { storyButton } from './partner-buttons.ts';

/** A partner that has gone quiet, with its buttons. @param directory if given, the row says who leads */
export function quietRow(partner: Partner, today: Day, directory?: Directory): Block {
  const { name } = partner;
  const putOffUntil = partner.putOffUntil ?? null;
  const lead = directory && (directory.member(partner.lead ?? '')?.name ?? 'nobody');
  const later =
    putOffUntil !== null && putOffUntil > today && rich` · put off until ${day(putOffUntil)}`;
  return {
    kind: 'row',
    text: rich`${bold(name)}: ${sinceContactText(partner, today)}${lead && ` · ${lead} leads`}${later}`,
    buttons: quietButtons(partner),
  };
}

/** How long ago anyone spoke with a partner. */
export function sinceContactText({ lastTwoWay }: Partner, today: Day): RichText {
  return lastTwoWay
    ? rich`${agoText(lastTwoWay, today)} since anyone spoke with them (${day(lastTwoWay)})`
    : rich`nobody has spoken with them`;
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
    storyButton({ id }),
  ];
}

/** How long ago a day was, in words: `9 days`, `10 weeks`, `8 months`, `2 years`. */
export function agoText(since: Day, today: Day): string {
  const days = daysBetween(since, today);
  if (days < 14) return counted(days, 'day');
  const weeks = Math.floor(days / 7);
  if (weeks < 18) return counted(weeks, 'week');
  const months = fullMonths(since, today);
  return months < 24 ? counted(months, 'month') : counted(Math.floor(months / 12), 'year');
}

function fullMonths(since: Day, today: Day): number {
  const guess = Math.ceil(daysBetween(since, today) / 28);
  for (let months = guess; months > 0; months--) {
    if (addToDay(since, { months }) <= today) return months;
  }
  return 0;
}

import { addToDay, dayOf } from '../../dates/day.ts';
import { day, moment, type RichText, rich } from '../../rich-text.ts';
import { scopeOf } from '../briefs/gather.ts';
import { isBriefDay } from '../briefs/schedule.ts';
import type { Followup } from '../followups/store.ts';
import type { Member } from '../members/store.ts';
import type { Partnership } from '../settings/store.ts';
import type { Asker } from './rules.ts';

/** How far ahead the brief is looked for that will mention a promise. */
const DAYS_AHEAD = 400;

/** When somebody hears of a follow-up next: or why nobody does. `owner`: whose it is, undefined if nobody's. */
export function nextText(row: Followup, owner: Member | undefined, asker: Asker): RichText {
  const { member, now, partnership, zone } = asker;
  if (row.state !== 'open') {
    const settled = row.closedAt && rich` on ${day(dayOf(row.closedAt, zone))}`;
    const how = row.state === 'done' ? 'Done' : 'Taken off the list';
    return rich`${how}${settled}, so nothing more comes.`;
  }
  if (!owner) return rich`Nobody owns it, so nobody is reminded.`;
  const whose = owner.id === member.id ? 'your' : `${owner.name}'s`;
  if (row.at !== null && row.at > now)
    return rich`It has a clock time, so a reminder of its own comes on ${moment(row.at)}.`;
  if (row.sending) return rich`Its reminder is just going out.`;
  if (owner.rhythm === 'off')
    return rich`No brief mentions it: ${whose} briefs are switched off. It stands in followup list.`;
  const brief = briefThatTells(row, owner, partnership);
  if (!brief) return rich`No brief to come mentions it. It stands in followup list.`;
  return rich`It comes in ${whose} brief, next on ${day(brief)}.`;
}

/** The local day of the first brief to come that tells of an open promise. */
export function briefThatTells(
  { byDay }: Pick<Followup, 'byDay'>,
  owner: Member,
  partnership: Partnership,
): string | undefined {
  if (byDay === null || owner.briefDay === null) return undefined;
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const today = addToDay(owner.briefDay, { days: ahead });
    if (!isBriefDay(today, owner, partnership)) continue;
    const { until, late } = scopeOf(owner, partnership, today);
    if (byDay <= until && (late || byDay >= today)) return today;
  }
  return undefined;
}

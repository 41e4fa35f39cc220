import { Duration } from 'luxon';
import { addToDay, type Day } from '../../dates/day.ts';
import type { New } from '../../ports/store.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Member } from '../members/member.ts';
import { dayAfterPartnerHoliday } from '../partnerships/holidays.ts';
import type { EveryRule, Partnership } from '../partnerships/partnership.ts';
import type { Partner } from './partner.ts';

/** Stages in which nobody expects contact. */
const restingStages: readonly string[] = ['resting', 'ended'];

/**
 * How often to be in touch with a partner (ISO 8601 duration), and where that comes from: the partner itself, else the
 * most exact of the partnership's rules that fit its kind and level, else the partnership's default.
 */
export function everyAndSource(
  partner: Pick<Partner, 'every' | 'kinds' | 'level'>,
  partnership: Pick<Partnership, 'every' | 'everyRules'>,
): { every: string; from: 'partner' | 'partnership' | EveryRule } {
  if (partner.every) return { every: partner.every, from: 'partner' };
  const fitting = partnership.everyRules.filter(
    ({ kind, level }) =>
      (kind === null || (partner.kinds as string[]).includes(kind)) &&
      (level === null || partner.level === level),
  );
  const exactness = ({ kind, level }: { kind: string | null; level: string | null }) =>
    Number(kind !== null) + Number(level !== null);
  const [best] = fitting.toSorted((a, b) => exactness(b) - exactness(a));
  return best
    ? { every: best.every, from: best }
    : { every: partnership.every, from: 'partnership' };
}

/** How often to be in touch with a partner (ISO 8601 duration). */
export function everyOf(
  partner: Pick<Partner, 'every' | 'kinds' | 'level'>,
  partnership: Partnership,
): string {
  return everyAndSource(partner, partnership).every;
}

/**
 * The partner with `quietOn` and `nudgeOn` recomputed: it is quiet once `every` has passed since the last two-way
 * contact, or after its holiday if that is in one. A partner without such a contact is unknown, not quiet, and resting,
 * ended and archived ones never are.
 */
export function withQuiet<P extends New<Partner>>(partner: P, partnership: Partnership): P {
  const expected =
    !partner.archived && !restingStages.includes(partner.stage) && partner.lastTwoWay !== null;
  const quietOn = expected
    ? dayAfterPartnerHoliday(
        quietDay(partner.lastTwoWay as Day, everyOf(partner, partnership)),
        partner,
        partnership,
      )
    : null;
  // A nudge that was put off stays so until the quiet day itself changes.
  if (quietOn === partner.quietOn) return { ...partner, quietOn };
  return { ...partner, quietOn, nudgeOn: quietOn, putOffUntil: null };
}

function quietDay(lastTwoWay: Day, every: string): Day {
  return addToDay(lastTwoWay, Duration.fromISO(every).toObject());
}

/** The partner after a logged contact. Only a two-way contact ends the quiet state. A contact older than the last one changes no date. */
export function withContact(
  partner: Partner,
  contact: Pick<Contact, 'day' | 'twoWay'>,
  partnership: Partnership,
): Partner {
  const lastContact = later(partner.lastContact, contact.day);
  const lastTwoWay = contact.twoWay ? later(partner.lastTwoWay, contact.day) : partner.lastTwoWay;
  return withQuiet({ ...partner, lastContact, lastTwoWay }, partnership);
}

function later(known: Day | null, day: Day): Day {
  return known !== null && known > day ? known : day;
}

/**
 * Who leads a partner after somebody has named a lead, and who is asked to. Only a coordinator can make somebody else the
 * lead straight away. Other members ask that person, and nothing changes until they accept.
 * @param lead null: nobody leads it any more.
 */
export function leadAfter(
  row: LeadFields,
  actor: Pick<Member, 'id' | 'role'>,
  lead: { id: string } | null,
): LeadFields {
  if (lead && lead.id === row.lead) return row;
  if (lead === null || lead.id === actor.id || actor.role === 'coordinator')
    return { lead: lead?.id ?? null, leadAsked: null, leadAskedBy: null };
  return { lead: row.lead, leadAsked: lead.id, leadAskedBy: actor.id };
}

/** The partner with a new lead, who has said yes. If it is quiet, they hear of it the day after. */
export function withLeadTaken<P extends New<Partner>>(row: P, lead: string, today: Day): P {
  const taken = { ...row, lead, leadAsked: null, leadAskedBy: null };
  if (row.nudgeOn === null || row.nudgeOn > today) return taken;
  const tomorrow = addToDay(today, { days: 1 });
  return { ...taken, nudgeOn: tomorrow, putOffUntil: tomorrow };
}

type LeadFields = Pick<Partner, 'lead' | 'leadAsked' | 'leadAskedBy'>;

/** Whether a partner counts as quiet on a day. */
export function isQuiet(partner: Pick<Partner, 'quietOn'>, today: Day): boolean {
  return partner.quietOn !== null && partner.quietOn <= today;
}

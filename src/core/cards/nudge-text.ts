import type { Deps } from '../command/command.ts';
import { dayOf, minuteOf } from '../dates/day.ts';
import { timeText } from '../dates/time-of-day.ts';
import { nextNudge } from '../domain/briefs/next-mention.ts';
import { contactOfLead, quietReaders } from '../domain/briefs/quiet-readers.ts';
import { isActiveCoordinator, type Member, members, zoneOf } from '../domain/members/member.ts';
import type { Partner } from '../domain/partners/partner.ts';
import { day, type RichText, rich } from '../message/rich-text.ts';
import { getAll, type Store } from '../ports/store.ts';

/** Everybody who can hear that a partner is quiet, as stored: its lead and the coordinators. */
export function possibleReaders(
  { lead }: Pick<Partner, 'lead'>,
  { store, directory }: { store: Store; directory: Deps['directory'] },
): Promise<Member[]> {
  const coordinators = directory.members.filter(isActiveCoordinator).map(({ id }) => id);
  const contact = contactOfLead(lead, directory)?.id;
  const ids = [lead, contact, ...coordinators].filter((id) => id !== null && id !== undefined);
  return getAll(store.of(members), [...new Set(ids)]);
}

/**
 * In whose brief, and when, a partner that is quiet or will be is mentioned next: `in your brief on Mon 30 Nov at 09:00`.
 * @returns undefined if nobody gets one that would mention it.
 */
export async function nextNudgeText(
  partner: Partner,
  actor: Member,
  deps: Pick<Deps, 'store' | 'directory' | 'partnership' | 'now'>,
): Promise<RichText | undefined> {
  const next = nextNudge(partner, await possibleReaders(partner, deps), deps);
  if (!next) return undefined;
  const { reader, brief } = next;
  if (reader.id !== actor.id) return rich`in ${reader.name}'s brief on ${day(brief.day)}`;
  const at = timeText(minuteOf(brief.at, zoneOf(reader, deps.partnership)));
  return rich`in your brief on ${day(brief.day)} at ${at}`;
}

/** Whom I tell when a partner goes quiet, as settings are now: `you`, a name, or `the coordinators`. */
export function quietReaderText(
  partner: Pick<Partner, 'lead'>,
  actor: Member,
  { directory, partnership, now }: Pick<Deps, 'directory' | 'partnership' | 'now'>,
): string {
  const today = dayOf(now, zoneOf(actor, partnership));
  const readers = quietReaders(partner, today, directory);
  if (readers.some(({ id }) => id === actor.id)) return 'you';
  const [reader] = readers;
  return reader && reader.id === partner.lead ? reader.name : 'the coordinators';
}

import { collect } from '../../async/collect.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import type { Store } from '../../ports/store.ts';
import { contacts } from '../contacts/contact.ts';
import { type Directory, idsOfPartner } from '../directory/directory.ts';
import { idsOf, type Member } from '../members/member.ts';
import {
  isContactHiddenFrom,
  isTiedTo,
  READ_BY_EVERYBODY,
  type Readership,
  type Viewer,
  viewerOf,
} from '../members/visibility.ts';
import { type Meeting, meetings } from './meeting.ts';

/** For how many days after a meeting its author is asked whether it took place. */
const MAX_ASK_DAYS = 14;

interface MeetingDeps {
  store: Store;
  directory: Directory;
}

/** A meeting with what decides who may read it, as a contact has it. */
export type AsContact = Meeting & Readership;

/** The meeting as a contact that everybody may read, with the partner that its partner is now. */
export function asContact(row: Meeting, directory: Pick<Directory, 'partner'>): AsContact {
  const partner = directory.partner(row.partner)?.id ?? row.partner;
  return { ...row, partner, ...READ_BY_EVERYBODY };
}

/** Whether the words of a meeting are hidden from somebody: as those of a contact are. */
export const isMeetingHiddenFrom = (
  viewer: Viewer,
  row: Meeting,
  directory: Pick<Directory, 'partner'>,
): boolean => isContactHiddenFrom(viewer, asContact(row, directory));

/** The next meeting with a partner, today's included. */
export async function nextMeeting(
  partner: string,
  today: Day,
  { store, directory }: MeetingDeps,
): Promise<Meeting | undefined> {
  const range = { field: 'day', from: today } as const;
  const found = await Promise.all(
    idsOfPartner(partner, directory).map(async (id) => {
      const where = { partner: id, state: 'planned' as const };
      return (await store.of(meetings).find({ index: 'byPartner', where, range }, 1)).rows;
    }),
  );
  return found.flat().toSorted((a, b) => a.day.localeCompare(b.day))[0];
}

/**
 * The meetings of the last days that nobody has told about: no contact with the partner is noted for their day.
 * Coordinators also get those of members who have left.
 */
export async function meetingsToAskAbout(
  member: Member,
  today: Day,
  { store, directory }: MeetingDeps,
): Promise<Meeting[]> {
  const gone = directory.members.filter((one) => !one.active && !one.mergedInto);
  const whose = member.role === 'coordinator' ? [member, ...gone] : [member];
  const by = whose.flatMap(idsOf);
  const range = {
    field: 'day',
    from: addToDay(today, { days: -MAX_ASK_DAYS }),
    before: today,
  } as const;
  const where = { by, state: 'planned' as const };
  const past = await collect(store.of(meetings).all({ index: 'byAuthor', where, range }));
  const viewer = viewerOf(member, directory);
  const asked: Meeting[] = [];
  for (const row of past.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const partner = directory.partner(row.partner)?.id;
    if (partner === undefined || isMeetingHiddenFrom(viewer, row, directory)) continue;
    if (isTiedTo(viewer, partner)) continue;
    const noted = { index: 'byPartner', where: { partner, day: row.day } } as const;
    if ((await store.of(contacts).find(noted, 1)).rows.length === 0) asked.push(row);
  }
  return asked;
}

/** The ids of the partners that somebody is to meet today or later. */
export async function partnersToMeet(
  today: Day,
  { store, directory }: MeetingDeps,
): Promise<ReadonlySet<string>> {
  const range = { field: 'day', from: today } as const;
  const coming = await collect(store.of(meetings).all({ index: 'byDay', range }));
  const planned = coming.filter(({ state }) => state === 'planned');
  return new Set(planned.map(({ partner }) => directory.partner(partner)?.id ?? partner));
}

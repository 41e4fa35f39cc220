import { successorButtons, whoNowBlocks } from '../../cards/who-now.ts';
import type { Deps } from '../../command/command.ts';
import { addToDay, dayOf, instantOf } from '../../dates/day.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { isActiveCoordinator, type Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';

/** When the one reminder comes, if nobody has said who comes after somebody. */
const REMIND_AFTER = { weeks: 2 };
/** The clock time of the reminder, in the partnership's zone: 9:00. Quiet hours can hold it back. */
const REMIND_MINUTE = 9 * 60;

/** Somebody who has left a partner. */
interface Departure {
  person: Person;
  partner: string;
  /** What they promised and is still open. */
  promises: readonly Followup[];
  receipt: string;
}

/**
 * Asks the lead of a partner, or the coordinators if it has none, who comes after somebody who has left; and once more two
 * weeks later, unless that is answered by then. Whoever noted it was asked in the answer.
 */
export async function askForSuccessor(
  { person, partner, promises, receipt }: Departure,
  actor: Member,
  deps: Deps,
): Promise<void> {
  const { directory, store, partnership, now } = deps;
  const row = await store.of(partners).get(partner);
  const lead = directory.member(row?.lead ?? '');
  const readers = lead?.active ? [lead] : directory.members.filter(isActiveCoordinator);
  const later = addToDay(dayOf(now, partnership.zone), REMIND_AFTER);
  const reminder = instantOf(later, REMIND_MINUTE, partnership.zone);
  for (const reader of readers) {
    const viewer = viewerOf(reader, directory);
    if (isTiedTo(viewer, partner)) continue;
    const shown = promises
      .filter((promise) => !isFollowupHiddenFrom(viewer, promise))
      .map((promise) => ({ ...promise, promisedBy: person.id }));
    const name = bold(directory.partner(partner)?.name ?? 'a partner');
    const reply = (opening: string): Reply => ({
      text: rich`${opening}${bold(person.name)} has left ${name}. Who should we talk to there now?`,
      card: [
        { kind: 'buttons', buttons: successorButtons(partner, person, viewer, directory) },
        ...whoNowBlocks(partner, shown, viewer, directory),
      ],
    });
    const notice = {
      subject: partner,
      recipient: reader.id,
      about: [person.id, ...shown.map(({ id }) => id)],
    };
    if (reader.id !== actor.id)
      await enqueueNotice({ ...notice, occurrence: receipt, reply: reply(''), at: now }, deps);
    await enqueueNotice(
      { ...notice, occurrence: `${receipt} again`, reply: reply('Just once more: '), at: reminder },
      deps,
    );
  }
}

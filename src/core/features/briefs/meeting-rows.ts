import { changeMeetingButton, meetingOffButton, meetingText } from '../../cards/meeting-text.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { recentDeliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import { meetingsToAskAbout } from '../../domain/meetings/read-meetings.ts';
import type { Member } from '../../domain/members/member.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';

/** How often briefs ask about one meeting, and after how many days again. */
const MAX_TIMES_ASKED = 2;
const ASK_AGAIN_DAYS = 3;
/** How many meetings one message asks about. */
const MAX_ROWS = 2;

interface MeetingDeps {
  store: Store;
  directory: Directory;
}

/** A question of a brief about a meeting, and its name in the ledger. */
interface MeetingRow {
  block: Block;
  item: string;
}

/** Asks whether meetings of the last days took place, in a brief that has everything: of each one twice at most. */
export async function meetingRows(
  member: Member,
  { today, isWhole }: { today: Day; isWhole: boolean },
  deps: MeetingDeps,
): Promise<MeetingRow[]> {
  if (!isWhole) return [];
  const rows = await meetingsToAskAbout(member, today, deps);
  if (rows.length === 0) return [];
  const ledger = await recentDeliveries(member.id, deps.store);
  // Without this brief itself: a repeat after a crash has to come to the same result.
  const sent = ledger.filter(
    ({ kind, state, occurrence }) =>
      kind === 'brief' && state === 'sent' && occurrence !== member.briefDay,
  );
  const soon = addToDay(today, { days: -ASK_AGAIN_DAYS });
  const asked = rows.flatMap((row) => {
    const item = `meeting:${row.id}`;
    const before = sent.filter(({ items }) => items.includes(item));
    const isEnough = before.length >= MAX_TIMES_ASKED;
    const isTooSoon = before.some(({ occurrence }) => occurrence > soon);
    return isEnough || isTooSoon ? [] : [{ block: questionBlock(row, deps.directory), item }];
  });
  return asked.slice(0, MAX_ROWS);
}

/** The same questions, for somebody who looks at what is theirs. */
export async function meetingQuestions(
  member: Member,
  today: Day,
  deps: MeetingDeps,
): Promise<Block[]> {
  const rows = await meetingsToAskAbout(member, today, deps);
  return rows.slice(0, MAX_ROWS).map((row) => questionBlock(row, deps.directory));
}

function questionBlock(row: Meeting, directory: Directory): Block {
  const partner = directory.partner(row.partner);
  return {
    kind: 'row',
    text: rich`Did the meeting with ${bold(partner?.name ?? 'the partner')} take place? ${meetingText(row)}`,
    buttons: [
      {
        label: 'It happened',
        command: 'log',
        args: {
          with: `#${partner?.id ?? row.partner}`,
          when: row.day,
          how: 'meeting',
          ...(row.note && { note: row.note }),
          [FORM]: 'yes',
        },
        style: 'primary',
      },
      meetingOffButton(row, "It didn't"),
      changeMeetingButton(row, 'Another day'),
    ],
  };
}

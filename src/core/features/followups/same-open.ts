import type { Call, Deps } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { dueText } from '../../domain/followups/rules.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { CONFIRMED, FORM, ONCE } from '../../message/invocation.ts';
import { cancelButton, type Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import type { New } from '../../ports/store.ts';

/** The open follow-up that says the same as a new one, for the same person at the same time; undefined if there is none. */
export async function sameOpen(
  fresh: New<Followup>,
  member: Member,
  { store, directory }: Deps,
): Promise<Followup | undefined> {
  const { who, dueDay } = fresh;
  if (fresh.series || who === null || dueDay === null) return undefined;
  const viewer = viewerOf(member, directory);
  const query = {
    index: 'byWho',
    where: { state: 'open', who },
    range: { field: 'dueDay', from: dueDay, to: dueDay },
  } as const;
  for await (const row of store.of(followups).all(query)) {
    const isSame =
      row.title.toLowerCase() === fresh.title.toLowerCase() &&
      row.id !== fresh.id &&
      row.partner === fresh.partner &&
      row.ours === fresh.ours &&
      row.asked === fresh.asked &&
      row.at?.getTime() === fresh.at?.getTime();
    if (isSame && !isFollowupHiddenFrom(viewer, row)) return row;
  }
  return undefined;
}

/** The answer to something that is on the list already, with a button that adds it all the same. */
export function askWhetherAnother(
  row: Followup,
  { raw, member }: Pick<Call, 'raw' | 'member'>,
  { directory, id }: Deps,
): Reply {
  const owner = row.who === member.id ? 'your' : `${directory.member(row.who ?? '')?.name}'s`;
  const { [FORM]: _, ...args } = raw;
  const another = { ...args, [CONFIRMED]: 'yes', [ONCE]: id('another?') };
  const change = { which: `#${row.id}`, [FORM]: 'yes' };
  return {
    text: rich`That's on ${owner} list already: ${bold(row.title)} by ${dueText({ day: row.dueDay ?? '', at: row.at })}. I haven't added it again.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          { label: 'Make another', command: 'followup add', args: another },
          { label: 'Change that one', command: 'followup edit', args: change },
          cancelButton,
        ],
      },
    ],
  };
}

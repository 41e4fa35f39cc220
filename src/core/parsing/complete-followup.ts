import type { Commands } from '../command/command.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { type Followup, followups } from '../domain/followups/followup.ts';
import type { Member } from '../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../domain/members/visibility.ts';
import { nameKey } from '../names/name-words.ts';
import type { Completion } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { followupWords, MAX_COMPLETIONS } from './complete-line.ts';

/** How many follow-ups are looked at for each key that somebody types. */
const MAX_FOLLOWUPS_READ = 300;

/**
 * The open follow-ups that a line may be about, for commands such as `followup done`: the member's own, or everybody's if
 * none of theirs fits. Only what the member may see.
 */
export async function completeFollowup(
  line: string,
  { commands, member, directory, store }: CompleteDeps,
): Promise<Completion[]> {
  const words = followupWords(line, commands);
  if (!words) return [];
  const { before, typed, summary } = words;
  const viewer = viewerOf(member, directory);
  const wanted = nameKey(typed).split(' ').filter(Boolean);
  const fits = (row: Followup) => {
    // A mark in a title could be read as the name of an arg, or as a quotation.
    if (isFollowupHiddenFrom(viewer, row) || /[:"“”]/.test(row.title)) return false;
    const title = nameKey(row.title).split(' ');
    return wanted.every((start) => title.some((word) => word.startsWith(start)));
  };
  const rows = store.of(followups);
  const state = 'open';
  const own = { index: 'byWho', where: { state, who: member.id } } as const;
  const all = { index: 'byDueDay', where: { state } } as const;
  for (const query of [own, all]) {
    const found = (await rows.find(query, MAX_FOLLOWUPS_READ)).rows.filter(fits);
    const titles = [...new Set(found.map(({ title }) => title))].slice(0, MAX_COMPLETIONS);
    if (titles.length > 0)
      return titles.map((title) => ({ line: `${before}${title} `, label: title, summary }));
  }
  return [];
}

interface CompleteDeps {
  commands: Commands;
  member: Member;
  directory: Directory;
  store: Store;
}

import type { Commands } from '../command/command.ts';
import type { Completion } from '../ports/platform.ts';
import { followupWords, MAX_COMPLETIONS } from './complete-line.ts';
import { findOpen, followupDetails, type PickDeps } from './pick-followup.ts';

/**
 * The open follow-ups that a line may be about, for commands such as `followup done`: the member's own, or everybody's if
 * none of theirs fits. Only what the member may see.
 */
export async function completeFollowup(
  line: string,
  { commands, ...deps }: PickDeps & { commands: Commands },
): Promise<Completion[]> {
  const words = followupWords(line, commands);
  if (!words) return [];
  const { before, typed } = words;
  for (const whose of ['own', 'all'] as const) {
    const found = (await findOpen(whose, typed, deps))
      // A mark in a title could be read as the name of an arg, or as a quotation.
      .filter(({ title }) => !/[:"“”]/.test(title));
    const byTitle = new Map(found.toReversed().map((row) => [row.title, row]));
    const rows = found.filter((row) => byTitle.get(row.title) === row).slice(0, MAX_COMPLETIONS);
    if (rows.length > 0)
      return rows.map((row) => ({
        line: `${before}${row.title} `,
        label: row.title,
        summary: followupDetails(row, deps).join(' · '),
      }));
  }
  return [];
}

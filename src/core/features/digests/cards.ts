import type { Directory } from '../../names/directory.ts';
import type { Block, Reply } from '../../reply.ts';
import { bold, type RichText, rich } from '../../rich-text.ts';
import type { Week } from './gather.ts';

/** How many partners a line names before it counts the rest. */
const NAMED = 5;

/** The weekly post: facts only, for an open channel. */
export function digestCard(week: Week, partnership: string, names: Directory): Reply {
  const lines: (RichText | undefined)[] = [
    week.contacts.length > 0
      ? rich`In touch with ${listed(
          week.contacts.map(({ partner }) => partner),
          names,
        )}.`
      : rich`No contacts noted this week.`,
    week.done > 0 ? rich`${things(week.done, 'promise')} kept.` : undefined,
    week.due.length > 0
      ? rich`${things(week.due.length, 'promise')} due in the coming week${withPartners(week.due, names)}.`
      : undefined,
    week.late > 0 ? rich`${things(week.late, 'promise')} past the day.` : undefined,
    week.quiet.length > 0 ? rich`Gone quiet: ${listed(week.quiet, names)}.` : undefined,
  ];
  const blocks = lines
    .filter((line) => line !== undefined)
    .map((text): Block => ({ kind: 'text', text }));
  return {
    text: rich`${bold(partnership)}: the week in short`,
    card: [
      ...blocks,
      { kind: 'buttons', buttons: [{ label: 'Who has gone quiet?', command: 'quiet', args: {} }] },
    ],
  };
}

/** What is posted when nothing has been said for weeks: empty must not look like broken. */
export function silenceCard(weeks: number, partnership: string): Reply {
  return {
    text: rich`${bold(partnership)}: nothing has been noted for ${weeks} weeks. If you have been in touch with somebody, a line is plenty: log, the partner, what happened.`,
  };
}

function listed(ids: readonly string[], names: Directory): RichText {
  const known = ids.map((id) => names.partner(id)?.name ?? 'a partner');
  const rest = known.length - NAMED;
  return rich`${known.slice(0, NAMED).join(', ')}${rest > 0 && ` and ${rest} more`}`;
}

function withPartners(ids: readonly (string | null)[], names: Directory): RichText | undefined {
  const known = [...new Set(ids.filter((id) => id !== null))];
  return known.length > 0 ? rich` (${listed(known, names)})` : undefined;
}

function things(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

import type { Day } from '../../dates/day.ts';
import { durationText } from '../../dates/duration.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import {
  keepLengthOf,
  keptUntil,
  type NoteRetention,
  removalDay,
} from '../../domain/retention/note-retention.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';

/** How many partners one message shows. The rest are counted. */
export const MAX_PARTNERS_SHOWN = 10;

/** What is known of the partners whose words are about to go. */
interface Removal {
  planned: readonly NoteRetention[];
  partners: readonly Partner[];
  /** How many there are in all. */
  count: number;
  today: Day;
  /** Partners whose reason is left out: some reader belongs to them. */
  hidden: ReadonlySet<string>;
}

/** Tells coordinators what will be removed in a month, and how to keep it. */
export function removalNotice(
  { planned, partners, count, today, hidden }: Removal,
  partnership: Partnership,
): Reply {
  const rows = planned.flatMap((row) => {
    const partner = partners.find(({ id }) => id === row.id);
    return partner ? [removalRow(withoutHidden(row, hidden), partner, today, partnership)] : [];
  });
  const more = count - planned.length;
  const whom =
    count === 1 ? "We haven't spoken with one partner" : `We haven't spoken with ${count} partners`;
  const all: Button = { label: `See all ${count}`, command: 'keep list', args: {} };
  return {
    text: rich`${whom} for a long time, so in a month I'll remove what was noted about ${count === 1 ? 'it' : 'them'}. The names and the days of contact stay. To keep the notes, say until when and why.`,
    card: [...rows, ...(more > 0 ? [buttons(all)] : [])],
  };
}

/** The row without its reason if the partner is hidden from the reader: the reason can name people, like a note. */
export const withoutHidden = (row: NoteRetention, hidden: ReadonlySet<string>): NoteRetention =>
  hidden.has(row.id) ? { ...row, reason: null } : row;

/** A partner whose words are about to go, with a button to keep them. */
export function removalRow(
  { toldOn, keepUntil, reason }: NoteRetention,
  partner: Partner,
  today: Day,
  partnership: Partnership,
): Block {
  const goes = removalDay(keptUntil(partner, keepUntil, partnership), toldOn ?? today);
  const last = partner.lastContact
    ? rich`last contact ${day(partner.lastContact)}`
    : rich`no contact noted`;
  const why =
    keepUntil !== null && rich` · kept until ${day(keepUntil)}${reason !== null && `: ${reason}`}`;
  return {
    kind: 'row',
    text: rich`${bold(partner.name)}: ${last}${why} · notes will be removed on ${day(goes)}`,
    buttons: [keepButton('Keep', partner.id)],
  };
}

/** A partner whose words are kept longer than usual. */
export function keptRow({ id, keepUntil, reason }: NoteRetention, name: string): Block {
  return {
    kind: 'row',
    text: rich`${bold(name)}: kept until ${keepUntil !== null && day(keepUntil)}${reason !== null && `: ${reason}`}`,
    buttons: [keepButton('Change', id)],
  };
}

const keepButton = (label: string, partner: string): Button => ({
  label,
  command: 'keep',
  args: { with: `#${partner}`, [FORM]: 'yes' },
});

export const buttons = (...all: Button[]): Block => ({ kind: 'buttons', buttons: all });

/** Says how long notes are kept in general. */
export function usualText(partnership: Partnership): string {
  return `Notes stay for ${durationText(keepLengthOf(partnership))} after the last contact with a partner.`;
}

import {
  type PromiseWords,
  readPromise,
  sureDay,
  type WordsContext,
} from '../../cards/day-in-promise.ts';
import type { Call } from '../../command/command.ts';
import { type Day, dayText } from '../../dates/day.ts';
import { typedWhen, type When, whenText } from '../../dates/when.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Button } from '../../message/reply.ts';
import { type DayInWords, dayInWords } from '../../parsing/day-in-words.ts';
import { saysNoAnswer } from '../../parsing/no-answer-words.ts';

/** What was typed about a contact. */
interface NoteArgs {
  note?: string | undefined;
  next?: string | undefined;
  by?: When | undefined;
  when?: When | undefined;
  noreply?: boolean | undefined;
}

/** What a note and its promise say. */
interface NoteWords {
  day: Day;
  /** The words of the day, if another than today was read out of the note. */
  dayWords?: string;
  /** The note without the words that say when. */
  note: string | null;
  isUnanswered: boolean;
  promise?: PromiseWords;
  /** A day of the contact that may belong to the words. */
  offered?: When;
  /** Something that the note says is to be done, and by when. */
  toDo?: { title: string; by: When };
}

/** Words before a day that make it the day of something else: "rang about the fair on friday", "the key is ready on friday". */
const ABOUT_ANOTHER =
  /\b(?:about|regarding|re|for|invit\w+|agreed|promised|will|wants?|asked|plan\w*|book\w*|meeting|event|come|coming|due)\b|\b(?:is|are|can|ready)\b[^,.;]*$/i;
/** Days that have been, whatever stands before them. */
const SURELY_PAST = /\b(?:yesterday|last|ago|this morning|earlier|past)\b/i;
/** Words that a day begins with by which something is due. */
const DUE = /^(?:by|due|before|until|till|no later than)\b/i;

/**
 * Reads out of a note when it was, whether anybody answered, and what is to be done by when.
 * @throws Question, UserError as `readPromise` does.
 */
export function readNote(args: NoteArgs, context: WordsContext): NoteWords {
  const { now, zone, today, partnership } = context;
  const { note } = args;
  const dayContext = { now, zone, week: partnership };
  const past = args.when || !note ? undefined : dayInWords(note, { ...dayContext, tense: 'past' });
  // "Their fair is on 12 dec": a day that is still to come is not that of the contact.
  const isStillToCome =
    past !== undefined &&
    past.reading.kind !== 'read' &&
    comingDay(note ?? '', context) !== undefined;
  const isTaken = past !== undefined && !isStillToCome && isDayOfContact(note ?? '', past);
  const when = isTaken ? sureDay(past, 'when', context) : undefined;
  const isUnanswered = args.noreply ?? (note !== undefined && saysNoAnswer(note));
  const rest = isTaken ? past.others : note;
  const coming = rest ? comingDay(rest, context) : undefined;
  const by = coming?.by;
  const words = {
    day: args.when?.day ?? when?.day ?? today,
    ...(when && past && when.day !== today && { dayWords: past.typed }),
    isUnanswered,
  };
  if (args.next !== undefined) {
    const promise = args.by ? { title: args.next } : readPromise(args.next, false, context);
    // "next:"send the list" by friday": the day after the quotes is that of the promise.
    return coming && !args.by && !promise.by && DUE.test(coming.typed)
      ? { ...words, note: coming.others || null, promise: { ...promise, by: coming.by } }
      : { ...words, note: rest || null, promise };
  }
  const offered = !isTaken && past?.reading.kind === 'read' ? past.reading.value : undefined;
  const isLater = by && (by.day > today || by.at !== undefined);
  return {
    ...words,
    note: rest || null,
    ...(offered && !offered.at && offered.day < today && !isLater && { offered }),
    ...(isLater && { toDo: { title: coming.others || (rest ?? ''), by } }),
  };
}

/** A day to come that a note surely names. */
function comingDay(
  text: string,
  { now, zone, partnership }: WordsContext,
): (DayInWords & { by: When }) | undefined {
  const found = dayInWords(text, { now, zone, tense: 'future', week: partnership });
  return found?.isSure && found.reading.kind === 'read'
    ? { ...found, by: found.reading.value }
    : undefined;
}

function isDayOfContact(note: string, { isSure, typed, start }: DayInWords): boolean {
  if (!isSure) return false;
  return SURELY_PAST.test(typed) || !ABOUT_ANOTHER.test(note.slice(0, start));
}

/** Buttons that correct what was read out of a note, or offer what it may say. */
export function noteButtons(
  contact: Pick<Contact, 'id' | 'partner' | 'readers'>,
  { note = '' }: NoteArgs,
  { dayWords, isUnanswered, offered, toDo }: NoteWords,
  { today, zone }: Pick<Call, 'today' | 'zone'>,
): Button[] {
  const change = (label: string, args: Button['args']): Button => ({
    label,
    command: 'log change',
    args: { which: `#${contact.id}`, ...args },
  });
  const buttons: Button[] = [];
  if (isUnanswered) buttons.push(change('They did answer', { reply: 'yes' }));
  if (dayWords !== undefined) buttons.push(change('No, just words', { when: today, note }));
  if (offered) buttons.push(change(`It was ${dayText(offered.day, today)}`, { when: offered.day }));
  // A reminder would show the words of a private note to others.
  if (toDo && contact.readers === null) {
    const { title, by } = toDo;
    const args = { next: title, with: `#${contact.partner}`, by: typedWhen(by, zone) };
    const label = `Remind me by ${whenText(by, today, zone)}`;
    buttons.push({ label, command: 'followup add', args });
  }
  return buttons;
}

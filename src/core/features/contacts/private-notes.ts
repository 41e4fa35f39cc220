import { listText } from '../../base/text.ts';
import { concernReply } from '../../cards/safeguarding.ts';
import type { MemberRef, ReadersRef } from '../../command/args.ts';
import type { Command } from '../../command/command.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isActiveCoordinator, isSameMember, type Member } from '../../domain/members/member.ts';
import {
  isPrivateFrom,
  isTiedTo,
  READ_BY_EVERYBODY,
  type Readership,
  viewerOf,
} from '../../domain/members/visibility.ts';
import { CONFIRMED, FORM, ONCE, type RawArgs, WORDS } from '../../message/invocation.ts';
import { type Button, buttonsOf, type Reply } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { Question, UserError } from '../../message/user-error.ts';
import { namesConcern } from '../../parsing/concern-words.ts';
import { readFlag } from '../../parsing/split-value.ts';

/** The command whose form has a field for who may read the note. */
export const PRIVATE_COMMAND = 'log private';

/**
 * What a new note is looked at for before it is read: words about somebody's safety, which are noted only if the member
 * says that they are something else, and a private note that others have just read.
 */
export const screenNote =
  (command: string): NonNullable<Command['screen']> =>
  (args, { spokenInPublic, partnership, directory, member }) => {
    if (spokenInPublic && (command === PRIVATE_COMMAND || asksForPrivacy(args)))
      return saidInPublic;
    const words = [args.note, args.next, args[WORDS]].filter((text) => text !== undefined);
    if (args[CONFIRMED] !== undefined || !words.some(namesConcern)) return undefined;
    const { text, ...reply } = concernReply(partnership.safeguarding ?? null, member, directory);
    const noteIt: Button = {
      label: "It's something else: note it",
      command,
      args: { ...args, [CONFIRMED]: 'yes' },
    };
    const buttons = [...buttonsOf(reply as Reply), noteIt];
    return {
      text: rich`Is that about somebody's safety? ${text}`,
      card: [{ kind: 'buttons', buttons }],
    };
  };

function asksForPrivacy({ private: given, [WORDS]: words = '' }: RawArgs): boolean {
  if (given !== undefined) return readFlag(given) !== false;
  return /(?:^\s*|\s)private:|^\s*private\b/i.test(words);
}

const saidInPublic: Reply = {
  text: rich`Others can read that line where you typed it, so I haven't noted it. Please delete it.`,
  card: [
    {
      kind: 'buttons',
      buttons: [
        {
          label: 'Write it privately',
          command: PRIVATE_COMMAND,
          args: { [FORM]: 'yes' },
          style: 'primary',
        },
      ],
    },
  ],
};

/** Words that say that a note may be meant to be private, although `private:` was not typed. */
const MAY_BE_PRIVATE =
  /^\(?private(?:ly)?\b|\bprivate[.)]*$|\b(?:in confidence|confidential(?:ly)?|off the record|between (?:us|you and me|ourselves))\b/i;

/**
 * @param given whether they said who may read it, or answered this question.
 * @throws Question if a note may be meant to be private, and nobody said so.
 */
export function askIfPrivate(
  note: string | undefined,
  given: boolean,
  raw: RawArgs,
  deps: { id(label: string): string },
): void {
  if (given || note === undefined || !MAY_BE_PRIVATE.test(note.trim())) return;
  const { [FORM]: _, [WORDS]: __, ...kept } = raw;
  // Confirmed: long words are kept for a day only.
  const args = { ...kept, [CONFIRMED]: 'yes', [ONCE]: deps.id('private?') };
  const buttons: Button[] = [
    { label: 'Private', command: 'log', args: { ...args, private: 'yes' }, style: 'primary' },
    { label: 'For everybody here', command: 'log', args: { ...args, private: 'no' } },
  ];
  throw new Question({
    text: rich`Shall that note be private? Then only you and those who coordinate can read it.`,
    card: [{ kind: 'buttons', buttons }],
  });
}

/**
 * Who may read a new note. Without names: those who coordinate now, but nobody who belongs to the partner.
 * @param given undefined: everybody.
 * @throws UserError if somebody who is named belongs to the partner.
 */
export function readershipOf(
  given: ReadersRef | undefined,
  partner: MemberRef,
  author: Member,
  directory: Directory,
): Readership {
  if (given === undefined || given === 'everybody') return READ_BY_EVERYBODY;
  const isHidden = (reader: Member) => isTiedTo(viewerOf(reader, directory), partner.id);
  const others = (people: readonly Member[]) =>
    people.filter((person) => !isSameMember(author, person.id));
  if (given.length === 0) {
    const coordinators = directory.members.filter(isActiveCoordinator);
    const readers = others(coordinators).filter((person) => !isHidden(person));
    return { readers: readers.map(({ id }) => id), readersCoordinate: true };
  }
  const named = given.flatMap(({ id }) => directory.member(id) ?? []);
  const asAuthor = viewerOf(author, directory);
  // Whoever is refused here belongs to the partner, so a newcomer may name nobody.
  if (!asAuthor.isIdentified && isTiedTo(asAuthor, partner.id))
    throw new UserError(
      rich`A coordinator is letting you in. Until then, only those who coordinate can read a private note of yours about ${bold(partner.name)}.`,
      'private',
    );
  const tied = others(named).find(isHidden);
  if (tied)
    throw new UserError(
      rich`${tied.name} can't read notes about ${bold(partner.name)}. Who else may read it?`,
      'private',
    );
  return { readers: [...new Set(others(named).map(({ id }) => id))], readersCoordinate: false };
}

/**
 * Who may read a private note that moves to another partner: not those who belong to it.
 * @throws UserError if somebody who was named belongs to that partner.
 */
export function readershipFor(
  row: Readership,
  partner: MemberRef,
  directory: Directory,
): Readership {
  const { readers, readersCoordinate } = row;
  if (!readers) return READ_BY_EVERYBODY;
  const isHidden = (id: string) => {
    const reader = directory.member(id);
    return reader !== undefined && isTiedTo(viewerOf(reader, directory), partner.id);
  };
  const tied = readers.find(isHidden);
  if (tied !== undefined && !readersCoordinate)
    throw new UserError(
      rich`${directory.member(tied)?.name} may read that note, but can't read notes about ${bold(partner.name)}. Note it there anew, with other readers.`,
      'with',
    );
  return { readers: readers.filter((id) => !isHidden(id)), readersCoordinate };
}

/** Says who can read a private note; empty for one that everybody can read. */
export function readersSentence(contact: Contact, reader: Member, directory: Directory): RichText {
  const { readers = null, by } = contact;
  if (readers === null) return [];
  const people = [by, ...readers].flatMap((id) => directory.member(id) ?? []);
  const canRead = people.filter(
    (person) => person.active && !isPrivateFrom(person, contact, contact.by),
  );
  const names = canRead.filter(({ id }) => id !== reader.id).map(({ name }) => name);
  const all = ['you', ...[...new Set(names)].toSorted((a, b) => a.localeCompare(b))];
  return rich` Only ${listText(all, 'and')} can read that.`;
}

import { listText } from '../../base/text.ts';
import { peopleThere } from '../../cards/people-there.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import type { Directory, PersonName } from '../../domain/directory/directory.ts';
import { isTiedTo, type Viewer } from '../../domain/members/visibility.ts';
import { MAX_PERSON_NAME_LENGTH } from '../../domain/people/person.ts';
import { findName, plainPrint } from '../../domain/personal-data/find-name.ts';
import { ONCE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { isFirstName, isTitle, isVerb, startsClause } from '../../names/everyday-words.ts';
import { titleCase } from '../../names/guess-name.ts';
import { spellingsOf } from '../../names/name-index.ts';
import { isConnective, nameKey, nameTokens } from '../../names/name-words.ts';
import { looksLikePerson } from '../../names/private-person.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { findContact, goneError } from './noted-contact.ts';

/** The people at a partner whom a note names: by their whole name, or by a first name that nobody else there has. */
export function peopleInNote(
  note: string | null,
  partner: string,
  viewer: Viewer,
  directory: Directory,
): PersonName[] {
  if (!note) return [];
  const words = new Set(nameTokens(note));
  const isNamed = (person: PersonName) =>
    spellingsOf(person).some(({ tokens }) => tokens.some((token) => words.has(token)));
  const there = peopleThere(partner, viewer, directory).filter(isNamed);
  const firstNames = there.map(({ name }) => firstWord(name));
  return there.filter(({ name }, at) => {
    if (findName(note, plainPrint(name)).some(({ isClear }) => isClear)) return true;
    const first = firstNames[at] ?? '';
    const isOnly = firstNames.filter((other) => other === first).length === 1;
    return isOnly && isFirstName(first) && isAlone(first, note);
  });
}

const firstWord = (name: string): string => nameKey(name).split(' ')[0] ?? '';

/** Whether a note has a first name without a surname after it: another Jane is somebody else. */
function isAlone(first: string, note: string): boolean {
  const words = note.split(/\s+/);
  return words.some(
    (word, at) =>
      firstWord(word) === first &&
      !/^\p{Lu}/u.test(/[,.;:]$/.test(word) ? '' : (words[at + 1] ?? '')),
  );
}

/** For the field of a contact: null if there are none. */
export const idsOf = (people: readonly PersonName[]): string[] | null =>
  people.length > 0 ? people.map(({ id }) => id) : null;

const peopleOf = ({ people }: Contact, { person }: Directory): PersonName[] =>
  (people ?? []).flatMap((id) => person(id) ?? []);

/** Says which people there were read out of a note. It begins with a space; empty if there are none. */
export function peopleSentence(contact: Contact, directory: Directory): RichText {
  const named = peopleOf(contact, directory).map(({ name }) => name);
  return rich`${named.length > 0 && ` With ${listText(named, 'and')}.`}`;
}

/** Takes each of these people off the contact again. */
export const notThereButtons = (contact: Contact, directory: Directory): Button[] =>
  peopleOf(contact, directory).map(({ id, name }) => ({
    label: `Not ${name}`,
    command: 'log without',
    args: { which: `#${contact.id}`, who: `#${id}` },
  }));

/** Offers to keep somebody whom a note names and who is not known yet. Nobody is kept without it. */
export function keepButton(
  contact: Contact,
  viewer: Viewer,
  directory: Directory,
): Button | undefined {
  const { id, note, partner, readers } = contact;
  if (!note || readers !== null || isTiedTo(viewer, partner)) return undefined;
  const known = new Set([
    ...directory.peopleAt(partner).map(({ name }) => nameKey(name)),
    ...directory.members.map(({ name }) => nameKey(name)),
  ]);
  const name = [...namesIn(note)].find((one) => !known.has(nameKey(one)));
  if (name === undefined) return undefined;
  const args = { name, at: `#${partner}`, source: `#${id}`, [ONCE]: id };
  return { label: `Keep ${name} as a person there`, command: 'person add', args };
}

/** Before a name in small letters, a word has to say that it is somebody. */
const MEETING_WORD = /^(?:met|saw|with|to|rang|called|phoned|emailed|from|by)$/i;

/** What may be the names of people in a note: a first name or a title, and a surname. It is only good enough for a button. */
function* namesIn(note: string): Generator<string> {
  const words = note.split(/\s+/);
  for (const [at, first] of words.entries()) {
    const second = words[at + 1]?.replace(/[,.;:!?)]+$|['’]s$/g, '') ?? '';
    const isStart = isFirstName(first.toLowerCase()) || isTitle(first.toLowerCase());
    if (!isStart || second.length < 2 || !/^[\p{L}'’-]+$/u.test(second)) continue;
    const typed = `${first} ${second}`;
    const isCapital = /^\p{Lu}/u.test(first) && /^\p{Lu}/u.test(second);
    const isSmall = /^\p{Ll}/u.test(first) && /^\p{Ll}/u.test(second);
    const isWord = startsClause(second) || isConnective(second) || isVerb(second);
    const isSaid = isSmall && !isWord && MEETING_WORD.test(words[at - 1] ?? '');
    const isName = (isCapital || isSaid) && looksLikePerson(typed);
    if (isName && typed.length <= MAX_PERSON_NAME_LENGTH)
      yield isCapital ? typed : titleCase(typed.toLowerCase());
  }
}

/** Takes somebody off a contact who was not there after all. */
export const takePersonOff = defineCommand({
  name: 'log without',
  summary: 'Say that somebody was not part of a conversation',
  examples: [],
  args: {
    which: { kind: 'text', needed: true, fromButton: true, summary: 'The contact' },
    who: { kind: 'person', past: true, summary: 'Who it was not' },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const { id } = await findContact(args.which, member, deps);
    const { who } = args;
    const contact = await updateWithRetry(deps.store.of(contacts), id, (row) => {
      const left = (row.people ?? []).filter((one) => one !== who?.id);
      return { ...row, people: left.length > 0 ? left : null };
    });
    if (!contact) throw goneError();
    const name = bold(who?.name ?? 'They');
    return replyWithUndo(rich`Noted: that was not ${name}.`, receipt);
  },
});

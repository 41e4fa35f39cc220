import { assignFollowup } from '../../cards/assign.ts';
import { dayButtons } from '../../cards/day-in-promise.ts';
import { by, who, whose } from '../../cards/followup-args.ts';
import { interestSentence } from '../../cards/interest-text.ts';
import { promiseAnswer } from '../../cards/promise-text.ts';
import type { Args, ReadersRef } from '../../command/args.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { contactMethods, contactMethodWords, contacts } from '../../domain/contacts/contact.ts';
import { followups } from '../../domain/followups/followup.ts';
import {
  defaultBy,
  newFollowup,
  ownersFor,
  refusePast,
  refuseWhoCannotRead,
} from '../../domain/followups/rules.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import { partners } from '../../domain/partners/partner.ts';
import { withContact } from '../../domain/partners/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import { changeContact } from './change.ts';
import { notedReply, refuseFuture } from './noted-reply.ts';
import { idsOf, keepButton, peopleInNote, takePersonOff } from './people-in-note.ts';
import { contactPhrases } from './phrases.ts';
import { askIfPrivate, PRIVATE_COMMAND, readershipOf, screenNote } from './private-notes.ts';
import { noteButtons, readNote } from './read-note.ts';
import { removeContact } from './remove.ts';

const logArgs = {
  with: {
    kind: 'partner',
    add: true,
    needed: true,
    summary: 'The partner you were in touch with',
    ask: 'Who with?',
    hint: '',
  },
  note: { kind: 'text', long: true, summary: 'In a line or two', ask: 'What happened?' },
  next: {
    kind: 'text',
    summary: 'What was promised, if anything',
    ask: 'What was promised?',
    hint: '',
  },
  by,
  who: { ...who, summary: "Who will do it. Leave empty if it's you" },
  how: {
    kind: 'choice',
    choices: contactMethods,
    synonyms: contactMethodWords,
    summary: 'How you were in touch',
    ask: 'How?',
    hint: '',
  },
  when: {
    kind: 'date',
    tense: 'past',
    aliases: ['on'],
    summary: 'When it was. Leave empty if it was today',
    ask: 'When was it?',
    hint: 'Leave empty if it was today',
  },
  noreply: {
    kind: 'flag',
    aliases: ['no-reply'],
    summary: "They didn't answer, so it doesn't count as being in touch",
    ask: 'No answer?',
    hint: "Then it doesn't count as being in touch",
  },
  whose,
  private: {
    kind: 'readers',
    summary: 'Only you, and who coordinates, can read it: yes; or name who can, such as @Grace',
  },
} as const satisfies Args;

/** Notes a contact with a partner, and what was promised. */
const logContact = defineCommand({
  name: 'log',
  title: 'Note a contact',
  summary: 'Note a contact with a partner',
  phrases: contactPhrases,
  examples: [
    'spoke to riverside council yesterday about the lease',
    'log riverside council met Jane about the lease how:call when:yesterday next:"send the plan" by:friday',
    'log youth club no answer again how:call noreply',
    'log riverside council their manager is leaving in May private:yes',
  ],
  args: logArgs,
  words: ['with', 'note'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  screen: screenNote('log'),
  run: (call, deps) => noteContact(call, deps, call.args.private, 'log'),
});

const {
  with: partner,
  note,
  next,
  by: until,
  who: owner,
  private: readers,
  ...otherArgs
} = logArgs;

/** The same with a field for who can read it. */
const logPrivately = defineCommand({
  name: PRIVATE_COMMAND,
  title: 'A private note',
  summary: 'Write a private note',
  examples: [],
  args: {
    with: partner,
    note: { ...note, summary: 'In a line or two. The person it is about may ask to see it' },
    private: {
      ...readers,
      summary: 'Leave empty for you and who coordinates, or name who can, such as @Grace',
      ask: 'Who can read it?',
    },
    next,
    by: until,
    who: owner,
    ...otherArgs,
  },
  words: ['with', 'note'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  screen: screenNote(PRIVATE_COMMAND),
  run: (call, deps) => noteContact(call, deps, call.args.private ?? [], PRIVATE_COMMAND),
});

/** @param given who may read it; undefined: everybody. */
async function noteContact(
  call: Call<typeof logArgs>,
  deps: Deps,
  given: ReadersRef | undefined,
  command: string,
): Promise<Reply> {
  const { args, raw, member, now, today, receipt } = call;
  const { store, partnership, directory } = deps;
  const words = readNote(args, { ...call, partnership, command, id: deps.id });
  refuseFuture(args.when, today);
  if ((args.by || args.who) && !args.next) {
    throw new UserError('What was promised? Add it as next:"send the plan".', 'next');
  }
  const due = args.by ?? words.promise?.by;
  if (due) refusePast(due, now, today);
  askIfPrivate(args.note, given !== undefined, raw, deps);
  const readership = readershipOf(given, args.with, member, directory);
  const promiseRow = { ...readership, createdBy: member.id };
  const hint = args.who && rich` Or let them read it, too: ${bold(`private:@${args.who.name}`)}.`;
  refuseWhoCannotRead(args.who, promiseRow, directory, hint);
  await addIfNew(args.with, deps);

  const viewer = viewerOf(member, directory);
  const named = args.with.isNew ? [] : peopleInNote(words.note, args.with.id, viewer, directory);
  const facts = {
    id: deps.id('contact'),
    partner: args.with.id,
    day: words.day,
    how: args.how ?? null,
    twoWay: !words.isUnanswered,
    note: words.note,
    people: idsOf(named),
    by: member.id,
    loggedAt: now,
    answerNotedAt: null,
    ...readership,
  };
  const promised =
    words.promise === undefined
      ? undefined
      : newFollowup(
          {
            id: deps.id('followup'),
            title: words.promise.title,
            partner: args.with.id,
            contact: facts.id,
            ours: args.whose !== 'theirs',
            createdBy: member.id,
            createdAt: now,
            ...ownersFor(member, args.who, deps.directory),
            ...readership,
            promisedBy:
              args.whose === 'theirs' && named.length === 1 ? (named[0]?.id ?? null) : null,
          },
          due ?? defaultBy(today, partnership),
        );
  // At the same time: they do not depend on one another, and each can be repeated.
  const [contact, , promise] = await Promise.all([
    insertOnce(store.of(contacts), facts),
    updateWithRetry(store.of(partners), args.with.id, (row) =>
      withContact(row, facts, partnership),
    ),
    promised && insertOnce(store.of(followups), promised),
  ]);
  const corrections = noteButtons(contact, args, words, call);
  const keep = corrections.length === 0 ? keepButton(contact, viewer, directory) : undefined;
  const offers = [...corrections, ...(keep ? [keep] : [])];
  const noted = {
    partner: args.with,
    contact,
    today,
    receipt,
    member,
    directory,
    corrections: offers,
  };
  if (!promise || !words.promise) return notedReply(noted);
  const assigned = await assignFollowup(promise, member, deps);
  if (promise.at) deps.wake();
  const answer = await promiseAnswer(promise, member, deps, assigned);
  const declared = await interestSentence(args.who, args.with.id, deps);
  const context = { ...call, partnership };
  const days = dayButtons(
    promise.id,
    args.next ?? '',
    words.promise,
    args.by !== undefined,
    context,
  );
  const buttons = [...answer.buttons, ...days];
  return notedReply({ ...noted, promise: { ...answer, buttons, id: promise.id }, declared });
}

export const contactCommands = [
  logContact,
  logPrivately,
  changeContact,
  removeContact,
  takePersonOff,
];

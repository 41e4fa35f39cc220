import { idFromReference } from '../../base/id.ts';
import { contactText } from '../../cards/contact-text.ts';
import { by, who, whose } from '../../cards/followup-args.ts';
import { requestFollowup } from '../../cards/followup-requests.ts';
import { interestSentence } from '../../cards/interest-text.ts';
import { promiseText } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import type { Args, ReadersRef } from '../../command/args.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import type { When } from '../../dates/read-date.ts';
import { type Contact, contactMethods, contacts } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import {
  defaultBy,
  newFollowup,
  ownersFor,
  refusePast,
  refuseWhoCannotRead,
} from '../../domain/followups/rules.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { isContactHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import { partners } from '../../domain/partners/partner.ts';
import { recomputeLastContact } from '../../domain/partners/recompute-last-contact.ts';
import { withContact } from '../../domain/partners/rules.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import {
  askIfPrivate,
  PRIVATE_COMMAND,
  readershipOf,
  readersSentence,
  screenNote,
} from './private-notes.ts';

const logArgs = {
  with: {
    kind: 'partner',
    add: true,
    needed: true,
    summary: 'The partner you were in touch with',
    ask: 'Who with?',
  },
  note: { kind: 'text', long: true, summary: 'In a line or two', ask: 'What happened?' },
  next: { kind: 'text', summary: 'What was promised, if anything', ask: 'What was promised?' },
  by,
  who: { ...who, summary: "Who will do it. Leave empty if it's you" },
  how: { kind: 'choice', choices: contactMethods, summary: 'How you were in touch' },
  when: {
    kind: 'date',
    tense: 'past',
    aliases: ['on'],
    summary: 'When it was. Leave empty if it was today',
  },
  noreply: {
    kind: 'flag',
    aliases: ['no-reply'],
    summary: "They didn't answer, so it doesn't count as being in touch",
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
  summary: 'Note a contact with a partner',
  examples: [
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
  run: (call, deps) => noteContact(call, deps, call.args.private),
});

const {
  with: partner,
  note,
  next,
  by: until,
  who: owner,
  private: readers,
  ...withoutField
} = logArgs;
const { ask: _, ...ownerWithoutField } = owner;

/** The same with a field for who can read it. */
const logPrivately = defineCommand({
  name: PRIVATE_COMMAND,
  summary: 'Write a private note',
  examples: [],
  args: {
    with: partner,
    note: { ...note, summary: 'In a line or two. The person it is about may ask to see it' },
    private: {
      ...readers,
      summary: 'Leave empty, or name who else can read it. Empty',
      ask: 'Who can read it?',
    },
    next,
    by: until,
    who: ownerWithoutField,
    ...withoutField,
  },
  words: ['with', 'note'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  screen: screenNote(PRIVATE_COMMAND),
  run: (call, deps) => noteContact(call, deps, call.args.private ?? []),
});

/** @param given who may read it; undefined: everybody. */
async function noteContact(
  { args, raw, member, now, today, receipt }: Call<typeof logArgs>,
  deps: Deps,
  given: ReadersRef | undefined,
): Promise<Reply> {
  const { store, partnership, directory } = deps;
  refuseFuture(args.when, today);
  if ((args.by || args.who) && !args.next) {
    throw new UserError('What was promised? Add it as next:"send the plan".', 'next');
  }
  if (args.by) refusePast(args.by, now, today);
  askIfPrivate(args.note, given !== undefined, raw, deps);
  const readership = readershipOf(given, args.with, member, directory);
  const promiseRow = { ...readership, createdBy: member.id };
  const hint = args.who && rich` Or let them read it, too: ${bold(`private:@${args.who.name}`)}.`;
  refuseWhoCannotRead(args.who, promiseRow, directory, hint);
  await addIfNew(args.with, deps);

  const facts = {
    id: deps.id('contact'),
    partner: args.with.id,
    day: args.when?.day ?? today,
    how: args.how ?? null,
    twoWay: !args.noreply,
    note: args.note ?? null,
    by: member.id,
    loggedAt: now,
    ...readership,
  };
  const promised =
    args.next === undefined
      ? undefined
      : newFollowup(
          {
            id: deps.id('followup'),
            title: args.next,
            partner: args.with.id,
            contact: facts.id,
            ours: args.whose !== 'theirs',
            createdBy: member.id,
            createdAt: now,
            ...ownersFor(member, args.who),
            ...readership,
          },
          args.by ?? defaultBy(today, partnership),
        );
  // At the same time: they do not depend on one another, and each can be repeated.
  const [contact, , promise] = await Promise.all([
    insertOnce(store.of(contacts), facts),
    updateWithRetry(store.of(partners), args.with.id, (row) =>
      withContact(row, facts, partnership),
    ),
    promised && insertOnce(store.of(followups), promised),
  ]);
  const noted = { partner: args.with, contact, today, receipt, member, directory };
  if (!promise) return notedReply(noted);
  if (promise.asked) await requestFollowup(promise, member, deps);
  if (promise.at) deps.wake();
  const owner = directory.member(promise.asked ?? promise.who ?? '');
  const declared = await interestSentence(args.who, args.with.id, deps);
  return notedReply({ ...noted, promise, owner, declared });
}

/** Corrects a contact: its day, method or note, or whether there was a reply. */
const change = defineCommand({
  name: 'log change',
  summary: 'Change a contact you noted',
  examples: [],
  args: {
    which: { kind: 'text', needed: true, summary: 'The contact. Its Change button fills this in' },
    note: { kind: 'text', long: true, summary: 'In a line or two', ask: 'What happened?' },
    how: { kind: 'choice', choices: contactMethods, summary: 'How you were in touch', ask: 'How?' },
    when: {
      kind: 'date',
      tense: 'past',
      aliases: ['on'],
      summary: 'When it was',
      ask: 'When was it?',
    },
    reply: {
      kind: 'choice',
      choices: ['yes', 'no'],
      summary: "Without a reply it doesn't count as being in touch",
      ask: 'Did they reply?',
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async prefill(raw, { store, directory, member }): Promise<RawArgs> {
    const id = idFromReference(raw.which);
    const contact = id ? await store.of(contacts).get(id) : undefined;
    if (!contact || isContactHiddenFrom(viewerOf(member, directory), contact)) return {};
    const { note, how, day, twoWay } = contact;
    return { note: note ?? '', how: how ?? '', when: day, reply: twoWay ? 'yes' : 'no' };
  },
  async run({ args, member, today, receipt }, deps) {
    refuseFuture(args.when, today);
    const viewer = viewerOf(member, deps.directory);
    const id = idFromReference(args.which);
    const edited = (row: Contact): Contact | undefined => {
      if (isContactHiddenFrom(viewer, row)) return undefined;
      if (!isSameMember(member, row.by) && member.role === 'member') {
        throw new UserError('Only the person who noted a contact, or a worker, can change it.');
      }
      return {
        ...row,
        note: args.note ?? row.note,
        how: args.how ?? row.how,
        day: args.when?.day ?? row.day,
        twoWay: args.reply === undefined ? row.twoWay : args.reply === 'yes',
      };
    };
    const contact = id ? await updateWithRetry(deps.store.of(contacts), id, edited) : undefined;
    const partner = contact && deps.directory.partner(contact.partner);
    if (!contact || !partner || isContactHiddenFrom(viewer, contact))
      throw new UserError(
        rich`I no longer have that contact. You can note it again with ${bold('log')}.`,
      );
    await recomputeLastContact(partner.id, deps);
    return notedReply({ partner, contact, today, receipt, member, directory: deps.directory });
  },
});

/** The answer to a contact: `Noted, thanks. **Riverside Council**: met today – about the lease.`, then the promise if any. */
function notedReply(noted: {
  partner: { name: string };
  contact: Contact;
  today: Day;
  receipt: string;
  /** Who reads the answer. */
  member: Member;
  directory: Directory;
  promise?: Followup;
  /** Who owns the promise, or was asked to take it on. */
  owner?: Member | undefined;
  /** The interests that they have declared in the partner. */
  declared?: RichText;
}): Reply {
  const { partner, contact, today, receipt, promise, owner, declared, member, directory } = noted;
  const noteText = rich`Noted, thanks. ${bold(partner.name)}: ${contactSentence(contact, today)}${readersSentence(contact, member, directory)}`;
  const text = promise
    ? rich`${noteText} ${promiseText(promise, owner, member)}${declared}`
    : noteText;
  const buttons: Button[] = [
    { label: 'Change', command: 'log change', args: { which: `#${contact.id}`, [FORM]: 'yes' } },
    undoButton(receipt),
  ];
  return { text, card: [{ kind: 'buttons', buttons }] };
}

/** @throws UserError if the day of a contact is in the future: that would be a follow-up. */
function refuseFuture(when: When | undefined, today: Day): void {
  if (when && when.day > today) {
    const sentence = rich`${day(when.day)} is in the future. For a plan, use ${bold('followup add')}. When were you in touch?`;
    throw new UserError(sentence, 'when');
  }
}

/** A contact as a sentence (see `contactText`): it gets a full stop unless the note ends a sentence itself. */
function contactSentence(contact: Parameters<typeof contactText>[0], today: Day): RichText {
  const isSentence = /[.!?…]["'”’)]*\s*$/.test(contact.note ?? '');
  return rich`${contactText(contact, today)}${!isSentence && '.'}`;
}

export const contactCommands = [logContact, logPrivately, change];

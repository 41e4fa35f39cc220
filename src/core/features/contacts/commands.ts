import { idFromReference } from '../../base/id.ts';
import { contactText } from '../../cards/contact-text.ts';
import { by, who, whose } from '../../cards/followup-args.ts';
import { requestFollowup } from '../../cards/followup-requests.ts';
import { promiseText } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import type { When } from '../../dates/read-date.ts';
import { type Contact, contactMethods, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import {
  defaultBy,
  newFollowup,
  ownersFor,
  refusePast,
  refuseWhoLeft,
} from '../../domain/followups/rules.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { isContactHiddenFrom } from '../../domain/members/visibility.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import { partners } from '../../domain/partners/partner.ts';
import { recomputeLastContact } from '../../domain/partners/recompute-last-contact.ts';
import { withContact } from '../../domain/partners/rules.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';

/** Notes a contact with a partner, and what was promised. */
const logContact = defineCommand({
  name: 'log',
  summary: 'Note a contact with a partner',
  examples: [
    'log riverside council met Jane about the lease how:call when:yesterday next:"send the plan" by:friday',
    'log youth club no answer again how:call noreply',
  ],
  args: {
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
  },
  words: ['with', 'note'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, now, today, receipt }, deps) {
    const { store, partnership } = deps;
    refuseFuture(args.when, today);
    if ((args.by || args.who) && !args.next) {
      throw new UserError('What was promised? Add it as next:"send the plan".', 'next');
    }
    if (args.by) refusePast(args.by, now, today);
    refuseWhoLeft(args.who, deps.directory);
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
    if (!promise) return notedReply({ partner: args.with, contact, today, receipt });
    if (promise.asked) await requestFollowup(promise, member, deps);
    if (promise.at) deps.wake();
    const owner = deps.directory.member(promise.asked ?? promise.who ?? '');
    return notedReply({
      partner: args.with,
      contact,
      today,
      receipt,
      promise,
      owner,
      actor: member,
    });
  },
});

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
  async prefill(raw, { store, member }): Promise<RawArgs> {
    const id = idFromReference(raw.which);
    const contact = id ? await store.of(contacts).get(id) : undefined;
    if (!contact || isContactHiddenFrom(member, contact)) return {};
    const { note, how, day, twoWay } = contact;
    return { note: note ?? '', how: how ?? '', when: day, reply: twoWay ? 'yes' : 'no' };
  },
  async run({ args, member, today, receipt }, deps) {
    refuseFuture(args.when, today);
    const id = idFromReference(args.which);
    const edited = (row: Contact): Contact | undefined => {
      if (isContactHiddenFrom(member, row)) return undefined;
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
    if (!contact || !partner || isContactHiddenFrom(member, contact))
      throw new UserError(
        rich`I no longer have that contact. You can note it again with ${bold('log')}.`,
      );
    await recomputeLastContact(partner.id, deps);
    return notedReply({ partner, contact, today, receipt });
  },
});

/** The answer to a contact: `Noted, thanks. **Riverside Council**: met today – about the lease.`, then the promise if any. */
function notedReply(noted: {
  partner: { name: string };
  contact: Contact;
  today: Day;
  receipt: string;
  actor?: Member;
  promise?: Followup;
  /** Who owns the promise, or was asked to take it on. */
  owner?: Member | undefined;
}): Reply {
  const { partner, contact, today, receipt, promise, owner, actor } = noted;
  const noteText = rich`Noted, thanks. ${bold(partner.name)}: ${contactSentence(contact, today)}`;
  const text = promise ? rich`${noteText} ${promiseText(promise, owner, actor)}` : noteText;
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

export const contactCommands = [logContact, change];

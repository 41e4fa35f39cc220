import { idIn } from '../../base/id.ts';
import { refuseFuture } from '../../cards/contact-text.ts';
import { by, who, whose } from '../../cards/followup-args.ts';
import { requestFollowup } from '../../cards/followup-requests.ts';
import { defineCommand } from '../../command/command.ts';
import { type Contact, contactMethods, contacts } from '../../domain/contacts/contact.ts';
import { followups } from '../../domain/followups/followup.ts';
import {
  defaultBy,
  newFollowup,
  ownership,
  refuseLeft,
  refusePast,
} from '../../domain/followups/rules.ts';
import { isSelf } from '../../domain/members/self.ts';
import { addIfNew } from '../../domain/partners/add.ts';
import { partners } from '../../domain/partners/partner.ts';
import { recountContacts } from '../../domain/partners/recount-contacts.ts';
import { withContact } from '../../domain/partners/rules.ts';
import type { RawArgs } from '../../message/invocation.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import { notedReply } from './cards.ts';

/** Notes a contact with a partner, and what was promised in it: the main thing Convenor is for. */
const log = defineCommand({
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
    who: { ...who, summary: 'Whose promise it is; yours, if nobody is named' },
    how: { kind: 'choice', choices: contactMethods, summary: 'How you were in touch' },
    when: {
      kind: 'date',
      tense: 'past',
      aliases: ['on'],
      summary: 'When it was; today, if nothing is said',
    },
    noreply: {
      kind: 'flag',
      aliases: ['no-reply'],
      summary: 'They did not answer: it does not count as contact',
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
    refuseLeft(args.who, deps.directory);
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
              ...ownership(member, args.who),
            },
            args.by ?? defaultBy(today, partnership),
          );
    // Side by side: none needs another, each may be repeated, and nobody is answered before all stand.
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
      speaker: member,
    });
  },
});

/** Puts right what was logged: the day, the way, the words, or that there was no reply after all. */
const change = defineCommand({
  name: 'log change',
  summary: 'Change a contact you noted',
  examples: [],
  args: {
    which: { kind: 'text', needed: true, summary: 'The contact, as its button names it' },
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
      summary: 'Without a reply it does not count as contact',
      ask: 'Did they reply?',
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async prefill(raw, { store }): Promise<RawArgs> {
    const id = idIn(raw.which);
    const contact = id ? await store.of(contacts).get(id) : undefined;
    if (!contact) return {};
    const { note, how, day, twoWay } = contact;
    return { note: note ?? '', how: how ?? '', when: day, reply: twoWay ? 'yes' : 'no' };
  },
  async run({ args, member, today, receipt }, deps) {
    refuseFuture(args.when, today);
    const id = idIn(args.which);
    const edited = (row: Contact): Contact => {
      if (!isSelf(member, row.by) && member.role === 'member') {
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
    if (!contact || !partner)
      throw new UserError('I no longer have that contact. Use the Change button of another.');
    await recountContacts(partner.id, deps);
    return notedReply({ partner, contact, today, receipt });
  },
});

export const contactCommands = [log, change];

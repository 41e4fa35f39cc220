import { idFromReference } from '../../base/id.ts';
import type { ContactReader } from '../../cards/contact-text.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import { promiseAnswer } from '../../cards/promise-text.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import {
  type Contact,
  contactMethods,
  contactMethodWords,
  contacts,
  withReply,
} from '../../domain/contacts/contact.ts';
import { followups } from '../../domain/followups/followup.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { isContactHiddenFrom, isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import type { PartnerRef } from '../../domain/partners/partner.ts';
import { recomputeLastContact } from '../../domain/partners/recompute-last-contact.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { type Question, questionWith, StateError, UserError } from '../../message/user-error.ts';
import { refuseSending } from '../../parsing/resolve-followup.ts';
import { updateWithRetry } from '../../ports/store.ts';
import {
  findContact,
  goneError,
  openPromises,
  partnerOf,
  promiseOf,
  takeOffButton,
} from './noted-contact.ts';
import {
  changeButton,
  changePromiseButton,
  contactSentence,
  notedReply,
  refuseFuture,
} from './noted-reply.ts';
import { idsOf, peopleInNote } from './people-in-note.ts';
import { readershipFor, screenNote } from './private-notes.ts';

/** Corrects a contact: everything that was said of it. Without a change, it shows what can be changed. */
export const changeContact = defineCommand({
  name: 'log change',
  title: 'Change a contact',
  summary: 'Change a contact you noted',
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'The contact. Its Change button fills this in',
      fromButton: true,
    },
    with: {
      kind: 'partner',
      add: true,
      summary: 'The partner you were in touch with',
      ask: 'Who with?',
      hint: '',
      emptied: 'Who were you in touch with?',
    },
    note: {
      kind: 'text',
      long: true,
      clearable: true,
      summary: 'In a line or two',
      ask: 'What happened?',
    },
    when: {
      kind: 'date',
      tense: 'past',
      aliases: ['on'],
      summary: 'When it was',
      ask: 'When was it?',
      hint: '',
      emptied: 'When were you in touch?',
    },
    how: {
      kind: 'choice',
      choices: contactMethods,
      synonyms: contactMethodWords,
      clearable: true,
      summary: 'How you were in touch',
      ask: 'How?',
      hint: '',
    },
    reply: {
      kind: 'choice',
      choices: ['yes', 'no'],
      summary: "Without a reply it doesn't count as being in touch",
      ask: 'Did they reply?',
      emptied: 'Did they reply? Say yes or no.',
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  screen: screenNote('log change'),
  async prefill(raw, { store, directory, member }): Promise<RawArgs> {
    const id = idFromReference(raw.which);
    const contact = id ? await store.of(contacts).get(id) : undefined;
    if (!contact || isContactHiddenFrom(viewerOf(member, directory), contact)) throw goneError();
    const { note, how, day, twoWay } = contact;
    const partner = directory.partner(contact.partner);
    return {
      with: partner && !partner.archived ? `#${partner.id}` : '',
      note: note ?? '',
      when: day,
      how: how ?? '',
      reply: twoWay ? 'yes' : 'no',
    };
  },
  async run({ args, raw, member, today, receipt }, deps) {
    const { which: reference, with: to, ...given } = args;
    refuseFuture(given.when, today);
    const before = await findContact(reference, member, deps).catch((error: unknown) => {
      throw error instanceof StateError && raw.note ? noteAgain(error, raw) : error;
    });
    const partner = to ?? partnerOf(before, deps);
    const isMoved = partner.id !== before.partner;
    if (isMoved) {
      refuseHiddenPartner(before, partner, member, deps);
      await addIfNew(partner, deps);
    }
    const twoWay = given.reply === undefined ? before.twoWay : given.reply === 'yes';
    const edited: Contact = {
      ...withReply(before, twoWay, deps.now),
      partner: partner.id,
      ...(isMoved && { formerPartners: null }),
      ...(isMoved && readershipFor(before, partner, deps.directory)),
      note: given.note === undefined ? before.note : given.note,
      how: given.how === undefined ? before.how : given.how,
      day: given.when?.day ?? before.day,
    };
    if (isMoved || edited.note !== before.note) {
      const viewer = viewerOf(member, deps.directory);
      edited.people = idsOf(peopleInNote(edited.note, partner.id, viewer, deps.directory));
    }
    if (!isMoved && isSame(before, edited))
      return changesCard(before, partner, { member, today }, deps);
    const contact = await updateWithRetry(deps.store.of(contacts), before.id, () => edited);
    if (!contact) throw goneError();
    await recomputeLastContact(partner.id, deps);
    if (isMoved) {
      await recomputeLastContact(before.partner, deps);
      await movePromises(before, contact, deps);
    }
    const promise = await promiseOf(contact, member, deps);
    const noted = { partner, contact, today, receipt, member, directory: deps.directory };
    return notedReply({
      ...noted,
      opening: isMoved ? `Moved from ${partnerOf(before, deps).name}.` : 'Changed.',
      promise: promise && { ...(await promiseAnswer(promise, member, deps)), id: promise.id },
    });
  },
});

/** Offers to note the words of a form again whose contact is gone. */
function noteAgain({ text }: StateError, raw: RawArgs): Question {
  const { with: partner, note, when, how, reply } = raw;
  const words = Object.entries({ with: partner, note, when, how }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  const unanswered = reply === 'no' ? { noreply: 'yes' } : {};
  const args = { ...Object.fromEntries(words), ...unanswered, [FORM]: 'yes' };
  return questionWith(text, [{ label: 'Note it again', command: 'log', args }]);
}

/** @throws UserError if somebody would move another member's note to a partner that is hidden from them. */
function refuseHiddenPartner(
  contact: Contact,
  partner: PartnerRef,
  member: Member,
  { directory }: Pick<Deps, 'directory'>,
): void {
  const viewer = viewerOf(member, directory);
  if (isSameMember(member, contact.by) || !isTiedTo(viewer, partner.id)) return;
  throw new UserError(
    hiddenText(
      viewer,
      rich`You're part of ${bold(partner.name)}, so somebody else has to move that note there.`,
    ),
    'with',
  );
}

function isSame(one: Contact, other: Contact): boolean {
  const { note, how, day, twoWay } = one;
  return note === other.note && how === other.how && day === other.day && twoWay === other.twoWay;
}

/** Shows a contact, with a button for each kind of correction. */
async function changesCard(
  contact: Contact,
  partner: PartnerRef,
  { member, today }: ContactReader,
  deps: Deps,
): Promise<Reply> {
  const promise = await promiseOf(contact, member, deps);
  const buttons: Button[] = [
    changeButton(contact.id),
    ...(promise
      ? [changePromiseButton(promise.id), takeOffButton(promise, 'Take the promise off')]
      : []),
    { label: 'Remove', command: 'log remove', args: { which: `#${contact.id}` } },
  ];
  const promised: Block[] = promise
    ? [{ kind: 'text', text: rich`It came with a promise: ${bold(promise.title)}.` }]
    : [];
  return {
    text: rich`${bold(partner.name)}: ${contactSentence(contact, today)} What shall I change?`,
    card: [...promised, { kind: 'buttons', buttons }],
  };
}

/** Moves what was promised along with its contact, unless it is for another partner by now. */
async function movePromises(before: Contact, after: Contact, deps: Deps): Promise<void> {
  for (const promise of await openPromises(after, deps)) {
    await updateWithRetry(deps.store.of(followups), promise.id, (row) => {
      if (row.partner !== before.partner) return undefined;
      refuseSending(row);
      const { readers, readersCoordinate } = row.readers === null ? row : after;
      const { series } = row;
      const moved =
        series?.partner === before.partner ? { ...series, partner: after.partner } : series;
      const moving = { partner: after.partner, formerPartners: null, series: moved };
      return { ...row, ...moving, readers, readersCoordinate };
    });
  }
}

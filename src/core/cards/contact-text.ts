import type { Day } from '../dates/day.ts';
import type { Contact, ContactMethod } from '../domain/contacts/contact.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { isSameMember, type Member } from '../domain/members/member.ts';
import { bold, day, type RichText, rich } from '../message/rich-text.ts';

const methodVerbs: { readonly [method in ContactMethod]: string } = {
  meeting: 'met',
  call: 'called',
  email: 'emailed',
  visit: 'visited',
  event: 'saw them at an event',
  message: 'messaged',
  letter: 'wrote',
};

/** A contact in a few words, without the partner's name: `called on Fri 20 Nov, no reply – about the lease`. */
export function contactText(
  contact: Pick<Contact, 'day' | 'how' | 'twoWay' | 'note'>,
  today: Day,
): RichText {
  const verb = contact.how
    ? methodVerbs[contact.how]
    : contact.twoWay
      ? 'in touch'
      : 'tried to reach them';
  const when = contact.day === today ? rich`today` : rich`on ${day(contact.day)}`;
  const reply = contact.twoWay ? undefined : ', no reply';
  return rich`${verb} ${when}${reply}${contact.note && ` – ${contact.note}`}`;
}

/** Who looks at a contact, and on which day. */
export interface ContactReader {
  member: Member;
  today: Day;
}

/** Names a contact: `Tom's note on **Riverside Council** of Mon 9 Nov`. @param partner the partner's name */
export function noteName(
  contact: Pick<Contact, 'by' | 'day'>,
  partner: string,
  { member, today }: ContactReader,
  directory: Directory,
): RichText {
  const author = directory.member(contact.by)?.name;
  const whose = isSameMember(member, contact.by) ? 'your' : author ? `${author}'s` : 'the';
  const when = contact.day === today ? rich`today` : day(contact.day);
  return rich`${whose} note on ${bold(partner)} of ${when}`;
}

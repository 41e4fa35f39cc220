import { collect } from '../../async/collect.ts';
import { idFromReference } from '../../base/id.ts';
import type { Deps } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  viewerOf,
} from '../../domain/members/visibility.ts';
import type { PartnerRef } from '../../domain/partners/partner.ts';
import type { Button } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/**
 * The contact that a button is about.
 * @throws UserError if it is gone, hidden from the member, or not theirs to change.
 */
export async function findContact(reference: string, member: Member, deps: Deps): Promise<Contact> {
  const id = idFromReference(reference);
  const contact = id ? await deps.store.of(contacts).get(id) : undefined;
  if (!contact || isContactHiddenFrom(viewerOf(member, deps.directory), contact)) throw goneError();
  if (!isSameMember(member, contact.by) && member.role === 'member') {
    const author = deps.directory.member(contact.by)?.name;
    throw new UserError(
      author
        ? rich`That's ${author}'s. ${author} or a worker can change it.`
        : rich`That's somebody else's. A worker can change it.`,
    );
  }
  return contact;
}

export const goneError = (): UserError =>
  new UserError(rich`I no longer have that contact. You can note it again with ${bold('log')}.`);

export function partnerOf(contact: Contact, { directory }: Pick<Deps, 'directory'>): PartnerRef {
  const name = directory.partner(contact.partner)?.name ?? 'a partner';
  return { id: contact.partner, name };
}

/** Who looks at a contact, and on which day. */
export interface Reader {
  member: Member;
  today: Day;
}

/** Names a contact: `Tom's note on **Riverside Council** of Mon 9 Nov`. */
export function noteName(
  contact: Contact,
  partner: PartnerRef,
  { member, today }: Reader,
  { directory }: Pick<Deps, 'directory'>,
): RichText {
  const author = directory.member(contact.by)?.name;
  const whose = isSameMember(member, contact.by) ? 'your' : author ? `${author}'s` : 'the';
  const when = contact.day === today ? rich`today` : day(contact.day);
  return rich`${whose} note on ${bold(partner.name)} of ${when}`;
}

export const takeOffButton = ({ id }: Followup, label: string): Button => ({
  label,
  command: 'followup cancel',
  args: { which: `#${id}` },
});

/** The open promise that came with a contact, if the member may see it. */
export async function promiseOf(
  contact: Contact,
  member: Member,
  deps: Deps,
): Promise<Followup | undefined> {
  const viewer = viewerOf(member, deps.directory);
  const all = await openPromises(contact, deps);
  return all.find((row) => !isFollowupHiddenFrom(viewer, row));
}

export function openPromises({ id }: Contact, { store }: Pick<Deps, 'store'>): Promise<Followup[]> {
  const where = { contact: id, state: 'open' } as const;
  return collect(store.of(followups).all({ index: 'byContact', where }));
}

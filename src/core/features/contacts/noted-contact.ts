import { collect } from '../../async/collect.ts';
import { idFromReference } from '../../base/id.ts';
import type { Deps } from '../../command/command.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  viewerOf,
} from '../../domain/members/visibility.ts';
import type { PartnerRef } from '../../domain/partners/partner.ts';
import type { Button } from '../../message/reply.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { StateError } from '../../message/user-error.ts';
import { refuseOthers } from '../../parsing/resolve-followup.ts';

/**
 * The contact that a button is about.
 * @throws StateError if it is gone, hidden from the member, or not theirs to change.
 */
export async function findContact(reference: string, member: Member, deps: Deps): Promise<Contact> {
  const id = idFromReference(reference);
  const contact = id ? await deps.store.of(contacts).get(id) : undefined;
  if (!contact || isContactHiddenFrom(viewerOf(member, deps.directory), contact)) throw goneError();
  refuseOthers([contact.by], member, deps.directory);
  return contact;
}

export const goneError = (): StateError =>
  new StateError(
    rich`I no longer have that contact. You can note it again with ${commandText('log')}.`,
  );

export function partnerOf(contact: Contact, { directory }: Pick<Deps, 'directory'>): PartnerRef {
  const name = directory.partner(contact.partner)?.name ?? 'a partner';
  return { id: contact.partner, name };
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

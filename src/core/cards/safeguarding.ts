import type { Directory } from '../domain/directory/directory.ts';
import { isSameMember, type Member } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import type { SafeguardingContact } from '../domain/partnerships/partnership.ts';
import { safeguardingText } from '../domain/partnerships/safeguarding.ts';
import { FORM, REPLACE } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { bold, rich } from '../message/rich-text.ts';

/** Opens the form for whom people ring if they are worried about somebody. */
export const safeguardingButton: Button = {
  label: 'Choose a safeguarding contact',
  command: 'settings safeguarding',
  args: { [FORM]: 'yes' },
};

/** Says whom to ring. @param contact null: the partnership has set none */
export function concernReply(
  contact: SafeguardingContact | null,
  member: Member,
  directory: Directory,
): Reply {
  const danger = rich`If somebody is in danger, ring ${bold('999')}.`;
  const whom = contact
    ? rich`Ring ${bold(safeguardingText(contact))}. ${danger}`
    : rich`${danger} Otherwise ring your council's safeguarding team.`;
  const text = rich`Please don't write it here. ${whom} I've noted nothing.`;
  const canRing = contact && safeguardingReader(contact, member, directory);
  const canChoose = !contact && may(member.role, 'coordinate');
  const button = (canRing && ringButton) || (canChoose && safeguardingButton);
  return button ? { text, card: [{ kind: 'buttons', buttons: [button] }] } : { text };
}

const ringButton: Button = {
  label: 'Ask them to ring me',
  command: 'concern ring',
  args: { [REPLACE]: 'yes' },
  style: 'primary',
};

/** The member who can be told for the safeguarding contact, if there is one and they are not the one who asks. */
export function safeguardingReader(
  contact: SafeguardingContact,
  member: Member,
  directory: Directory,
): Member | undefined {
  const reader = directory.member(contact.member ?? '');
  return reader?.active && !isSameMember(member, reader.id) ? reader : undefined;
}

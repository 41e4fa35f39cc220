import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { loadText, someOf, titlesOf } from './cards.ts';
import type { Load } from './release.ts';

/** What was somebody's, and the question whose it is to be. */
export function askHandover(holder: Member, load: Load): Reply {
  const handTo = (label: string, args: Record<string, string>): Button => ({
    label,
    command: 'member left',
    args: { who: `#${holder.id}`, ...args },
  });
  const buttons: Button[] = [
    handTo('Hand over to…', { [FORM]: 'yes' }),
    handTo('To me', { to: 'me' }),
    handTo('To nobody yet', { to: 'none' }),
    { label: 'Cancel', command: 'cancel', args: {} },
  ];
  return {
    text: rich`With ${bold(holder.name)} there is ${loadText(load)}. Whose shall it be? Requests go back to whoever asked, and nothing is deleted.`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** Tells somebody what they have taken over. */
export function handedNotice(
  holder: Member,
  rows: readonly Followup[],
  led: readonly Partner[],
): Reply {
  const lead = led.length > 0 && rich` You lead now: ${someOf(led.map(({ name }) => name))}.`;
  const open = rows.length > 0 && rich` Open: ${titlesOf(rows)}.`;
  return {
    text: rich`${holder.name} has left, and what was theirs is with you now.${open}${lead}`,
    card: [{ kind: 'buttons', buttons: [{ label: 'See mine', command: 'today', args: {} }] }],
  };
}

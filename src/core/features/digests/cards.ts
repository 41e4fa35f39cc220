import type { Directory } from '../../domain/directory/directory.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { type CountAndBefore, type DigestFacts, MAX_PARTNERS_NAMED } from './gather.ts';

/** The regular post for a channel: facts only, no notes and no names of people. @param word `week` or `month` */
export function digestCard(
  facts: DigestFacts,
  word: string,
  partnership: string,
  directory: Directory,
): Reply {
  const { contacts, inTouch, kept, added, due, late, quiet } = facts;
  const lines: (RichText | undefined)[] = [
    contacts.now > 0
      ? rich`In touch with ${listed(inTouch, directory)}: ${things(contacts.now, 'contact')}, ${compared(contacts, word)}.`
      : rich`No contacts noted this ${word}${contacts.before > 0 && `; there ${contacts.before === 1 ? 'was 1' : `were ${contacts.before}`} the ${word} before`}.`,
    kept.now > 0 ? rich`${things(kept.now, 'promise')} kept, ${compared(kept, word)}.` : undefined,
    added.length > 0 ? rich`New partners: ${listed(added, directory)}.` : undefined,
    due.length > 0
      ? rich`${things(due.length, 'promise')} ${due.length === 1 ? 'is' : 'are'} due in the coming ${word}${withPartners(due, directory)}.`
      : undefined,
    late > 0 ? rich`${things(late, 'promise')} ${late === 1 ? 'is' : 'are'} overdue.` : undefined,
    quiet.count > 0 ? rich`Gone quiet: ${listed(quiet.first, directory, quiet.count)}.` : undefined,
  ];
  const blocks = lines
    .filter((line) => line !== undefined)
    .map((text): Block => ({ kind: 'text', text }));
  return {
    text: rich`${bold(partnership)}: the ${word} at a glance`,
    card: [
      ...blocks,
      { kind: 'buttons', buttons: [{ label: 'Who has gone quiet?', command: 'quiet', args: {} }] },
    ],
  };
}

/** Compares a number with the period before: `3 more than the week before`. */
export function compared({ now, before }: CountAndBefore, word: string): string {
  if (before === 0) return `none the ${word} before`;
  if (now === before) return `the same as the ${word} before`;
  return `${Math.abs(now - before)} ${now > before ? 'more' : 'fewer'} than the ${word} before`;
}

/** The post after a long silence, so that nobody thinks the bot is broken. */
export function silenceCard(count: number, word: string, partnership: string): Reply {
  const long = count === 1 ? `a ${word}` : `${count} ${word}s`;
  return {
    text: rich`${bold(partnership)}: nothing has been noted for ${long}. If you've been in touch with somebody, one line is plenty: type ${bold('log')}, the partner and what happened.`,
  };
}

function listed(ids: readonly string[], directory: Directory, count = ids.length): RichText {
  const named = ids.slice(0, MAX_PARTNERS_NAMED);
  const known = named.map((id) => directory.partner(id)?.name ?? 'a partner');
  const rest = count - named.length;
  return rich`${known.join(', ')}${rest > 0 && ` and ${rest} more`}`;
}

/** The partners of promises. Those to which a member is tied are left out: who reads the channel may be that member. */
function withPartners(ids: readonly (string | null)[], directory: Directory): RichText | undefined {
  const shown = ids.flatMap((id) => (id === null || directory.tiedPartners.has(id) ? [] : [id]));
  const known = [...new Set(shown)];
  return known.length > 0 ? rich` (${listed(known, directory)})` : undefined;
}

function things(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

import { counted, listText } from '../../base/text.ts';
import type { DigestRhythm } from '../../domain/digests/digest.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, commandText, day, type RichText, rich } from '../../message/rich-text.ts';
import type { DigestFacts, ListFigures } from './gather.ts';
import type { DigestWindow } from './window.ts';

/** How many partners a line of the digest names. It counts the rest. */
const MAX_PARTNERS_NAMED = 5;

const words: { readonly [rhythm in DigestRhythm]: string } = { weekly: 'week', monthly: 'month' };

/** The regular post for a channel: facts only, no notes and no names of people. What is new comes first. */
export function digestCard(
  facts: DigestFacts,
  window: DigestWindow,
  partnership: string,
  directory: Directory,
): Reply {
  const { contacts, lateEntries, tries, kept, added, due, ours, theirs, quiet } = facts;
  const { rhythm, fromDay, isFirst, isRegular, last } = window;
  const word = words[rhythm];
  const ahead = window.isNextRegular ? `in the coming ${word}` : rich`by ${day(window.dueUntil)}`;
  const lines: (RichText | undefined)[] = [
    contacts > 0
      ? rich`In touch with ${listed(facts.inTouch, directory)}: ${counted(contacts, 'contact')}${last && compared(contacts, last.contacts)}.${lateEntries > 0 && rich` ${earlierText(lateEntries, contacts)} before ${day(fromDay)}.`}`
      : rich`${isRegular ? `No contacts noted this ${word}` : rich`No contacts noted since ${day(fromDay)}`}${last && last.contacts > 0 && `; the last digest had ${last.contacts}`}.`,
    tries > 0 ? rich`${counted(tries, 'try', 'tries')} without an answer.` : undefined,
    kept > 0
      ? rich`${counted(kept, 'promise')} kept${last && compared(kept, last.kept)}.`
      : undefined,
    isFirst ? firstText(facts.partners) : undefined,
    added.length > 0 && !isFirst ? rich`New partners: ${listed(added, directory)}.` : undefined,
    due.length > 0
      ? rich`${counted(due.length, 'promise')} ${due.length === 1 ? 'is' : 'are'} due ${ahead}${withPartners(due, directory)}.`
      : undefined,
    quietText(quiet, directory),
    lateText(ours, 'of ours', directory),
    lateText(theirs, 'to us', directory),
    reachText(facts.reach, directory),
  ];
  return {
    text: rich`${bold(partnership)}: ${isRegular ? `the ${word} at a glance` : rich`what's new since ${day(fromDay)}`}`,
    card: [
      ...lines.filter((line) => line !== undefined).map((text): Block => ({ kind: 'text', text })),
      ...listButtons(facts),
    ],
  };
}

/** Compares a figure with the one in the last post: `, 3 more than in the last digest`. */
export function compared(now: number, last: number): string {
  if (last === 0) return '; the last digest had none';
  if (now === last) return ', as many as in the last digest';
  return `, ${Math.abs(now - last)} ${now > last ? 'more' : 'fewer'} than in the last digest`;
}

function earlierText(count: number, of: number): string {
  if (count < of) return count === 1 ? '1 of them is from' : `${count} of them are from`;
  return count === 1 ? 'It is from' : 'They are from';
}

/** In the first post nearly every partner would be new, so it says how many there are. */
function firstText(count: number): RichText | undefined {
  if (count === 0) return undefined;
  return rich`${counted(count, 'partner')} ${count === 1 ? 'is' : 'are'} in the register.`;
}

/** Names the partners that are newly quiet, and counts all. */
function quietText({ count, added }: ListFigures, directory: Directory): RichText | undefined {
  if (count === 0) return undefined;
  const all = count === 1 ? '1 partner is quiet' : `${count} partners are quiet`;
  if (added.length === 0) return rich`${all}.`;
  const names = rich`Gone quiet: ${listed(shown(added), directory)}.`;
  return added.length < count ? rich`${names} ${all} in all.` : names;
}

/** Counts overdue promises, and names the partners of those that are newly so. */
function lateText(
  { count, added }: ListFigures,
  whose: 'of ours' | 'to us',
  directory: Directory,
): RichText | undefined {
  if (count === 0) return undefined;
  const all = `${counted(count, 'promise')} ${whose} ${count === 1 ? 'is' : 'are'}`;
  const names = withPartners(added, directory);
  if (added.length === 0) return rich`${all} overdue.`;
  return added.length === count
    ? rich`${all} newly overdue${names}.`
    : rich`${all} overdue, ${added.length} of them newly${names}.`;
}

/** Counts the partners that only one of us, or only workers, know. Somebody who is here alone does not read it. */
function reachText(
  { one, workers }: DigestFacts['reach'],
  { activeMembers }: Directory,
): RichText | undefined {
  const parts = [
    one > 0 && `${counted(one, 'partner')} ${one === 1 ? 'is' : 'are'} known to only one of us`,
    workers > 0 &&
      `${counted(workers, 'partner')} ${workers === 1 ? 'is' : 'are'} known to paid workers only`,
  ].filter((part) => part !== false);
  if (parts.length === 0 || activeMembers.length < 2) return undefined;
  return rich`${listText(parts, 'and')}.`;
}

/** The post only says how long some lists are: each of them has a button. */
function listButtons({ quiet, ours, theirs }: DigestFacts): Block[] {
  const buttons: Button[] = [
    ...(quiet.count > 0 ? [{ label: 'Who has gone quiet?', command: 'quiet', args: {} }] : []),
    ...(ours.count + theirs.count > 0
      ? [{ label: 'What is overdue?', command: 'followup list', args: { show: 'late' } }]
      : []),
  ];
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
}

/** The post after a long silence, so that nobody thinks the bot is broken. @param periods how many weeks or months */
export function silenceCard(periods: number, rhythm: DigestRhythm, partnership: string): Reply {
  const word = words[rhythm];
  const long = periods === 1 ? `a ${word}` : `${periods} ${word}s`;
  return {
    text: rich`${bold(partnership)}: no contact has been noted for ${long}. If you've been in touch with somebody, one line is plenty: type ${commandText('log')}, the partner and what happened.`,
  };
}

function listed(ids: readonly string[], directory: Directory): RichText {
  const named = ids.slice(0, MAX_PARTNERS_NAMED);
  const known = named.map((id) => directory.partner(id)?.name ?? 'a partner');
  const rest = ids.length - named.length;
  return rich`${known.join(', ')}${rest > 0 && ` and ${rest} more`}`;
}

/** The partners of promises. Those to which a member is tied are left out: who reads the channel may be that member. */
function withPartners(ids: readonly (string | null)[], directory: Directory): RichText | undefined {
  const known = new Set(shown(ids).filter((id) => !directory.tiedPartners.has(id)));
  return known.size > 0 ? rich` (${listed([...known], directory)})` : undefined;
}

const shown = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);

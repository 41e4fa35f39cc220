import type { Deps } from '../command/command.ts';
import { readDate } from '../dates/read-date.ts';
import { contacts } from '../domain/contacts/contact.ts';
import { followups } from '../domain/followups/followup.ts';
import { type Member, zoneOf } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { receipts } from '../domain/receipts/receipt.ts';
import type { Invocation } from '../message/invocation.ts';
import { matchWhole } from '../names/match.ts';
import { namesConcern } from '../parsing/concern-words.ts';
import { findOpenFollowups } from '../parsing/resolve-followup.ts';
import { SMALL_WORDS } from './done-in-words.ts';

/** "Move ring school to monday", "change that to yesterday". */
const MOVE =
  /^(?:move|postpone|shift|put off|push back|delay|reschedule|bring forward|change)\s+(\S.*?)\s+(?:back\s+|forward\s+|off\s+)?(?:to|till|until|for)\s+(\S.*)$/i;
const RENAME = /^rename\s+(\S.*?)\s+(?:to|as|into)\s+(\S.*)$/i;
const OPENING = /^(?:(?:please|can you|could you|ok|oh|sorry|actually)[\s,]+)+/i;
const THAT = /^(?:that|it|this|that one|the last one)$/i;

/** How long "that" is the last thing that somebody noted (ms). */
const THAT_WITHIN_MS = 15 * 60_000;
interface ChangeContext
  extends Pick<Deps, 'store' | 'stores' | 'directory' | 'partnership' | 'now'> {
  member: Member;
}

/**
 * The change that a line surely asks for: another day for something that was promised or noted, or another name of a
 * partner. Its answer shows what was changed, and undoes it.
 * @returns undefined if the line is something else, or it is not certain what is meant.
 */
export async function changeInWords(
  typed: string,
  context: ChangeContext,
): Promise<Pick<Invocation, 'command' | 'args'> | undefined> {
  const line = typed.replace(OPENING, '').replace(/[\s.!]+$/, '');
  if (namesConcern(line)) return undefined;
  const [, name, newName] = RENAME.exec(line) ?? [];
  if (name && newName) return renamed(name, newName, context);
  const [, thing, when] = MOVE.exec(line) ?? [];
  if (!thing || !when) return undefined;
  return THAT.test(thing) ? lastMoved(line, when, context) : moved(thing, when, context);
}

function renamed(name: string, newName: string, { member, directory }: ChangeContext) {
  const match = matchWhole(name, directory.activePartners);
  if (match.kind !== 'one' || !may(member.role, 'keep partners')) return undefined;
  return { command: 'partner edit', args: { with: `#${match.item.id}`, name: newName } };
}

async function moved(thing: string, when: string, context: ChangeContext) {
  if (!isDay(when, 'future', context)) return undefined;
  const { member } = context;
  const found = await findOpenFollowups(thing.replace(SMALL_WORDS, ' ').trim(), member, context);
  const [only] = found;
  if (!only || found.some(({ who, createdBy }) => ![who, createdBy].includes(member.id)))
    return undefined;
  // Of several, the command asks which one.
  const which = found.length === 1 ? `#${only.id}` : thing;
  return { command: 'followup later', args: { which, by: when } };
}

/** Another day for what the member has just noted or changed, if that is one thing. */
async function lastMoved(line: string, when: string, context: ChangeContext) {
  const { member, partnership, stores, now } = context;
  const query = {
    index: 'byActor',
    where: { partnership: partnership.id, actor: member.id, undoable: true },
    range: { field: 'at', after: new Date(now.getTime() - THAT_WITHIN_MS) },
    descending: true,
  } as const;
  const [last] = (await stores.global(receipts).find(query, 1)).rows;
  const noted = (last?.changes ?? []).filter(({ collection }) =>
    [contacts.name, followups.name].includes(collection),
  );
  const [only, ...others] = noted;
  if (!only || others.length > 0) return undefined;
  const which = `#${only.id}`;
  if (only.collection === contacts.name)
    // What has happened cannot be put off.
    return /^(?:change|move)\b/i.test(line) && isDay(when, 'past', context)
      ? { command: 'log change', args: { which, when } }
      : undefined;
  return isDay(when, 'future', context)
    ? { command: 'followup later', args: { which, by: when } }
    : undefined;
}

function isDay(
  words: string,
  tense: 'past' | 'future',
  { member, partnership, now }: ChangeContext,
): boolean {
  const reading = readDate(words, { now, zone: zoneOf(member, partnership), tense });
  return reading !== undefined && reading.kind !== 'refused';
}

import { cleanText, quoteShort } from '../base/text.ts';
import type { Arg } from '../command/args.ts';
import type { PersonName } from '../domain/directory/directory.ts';
import { personLabel } from '../domain/directory/people-seen.ts';
import { currentPositions, type PersonRef } from '../domain/people/person.ts';
import { ONCE } from '../message/invocation.ts';
import { bold, commandText, rich } from '../message/rich-text.ts';
import { questionWith, UserError } from '../message/user-error.ts';
import { matchWhole } from '../names/match.ts';
import { nameIndexOf } from '../names/name-index.ts';
import { nameKey } from '../names/name-words.ts';
import { completeNames } from '../names/search.ts';
import type { Choice } from '../ports/platform.ts';
import type { AskContext } from './ask-partner.ts';
import { type ParseContext, peopleFor } from './split-value.ts';

/** Who names a person, and what is known there. */
type NamingContext = Pick<ParseContext, 'member' | 'directory'>;

/** How many people a question offers. */
const MAX_OFFERED = 5;
/** Between the name of a person and that of their partner, as people type it or as suggestions show it. */
const AT_PARTNER = /\s+(?:at|from|of|with|·)\s+|\s*,\s*/gi;

/** The people that a text names: `Jane`, `Jane Doe at Riverside Council`. Best first. */
export function peopleNamed(text: string, context: NamingContext): readonly PersonName[] {
  const all = peopleFor(context);
  const found = byName(text, all);
  if (found.length > 0) return found;
  for (const { 0: word, index } of text.matchAll(AT_PARTNER)) {
    const named = byName(text.slice(0, index), all, Number.POSITIVE_INFINITY);
    const there = partnersNamed(text.slice(index + word.length), context);
    const fitting = named.filter((person) => isAt(person, there, context));
    if (fitting.length > 0) return fitting;
  }
  return [];
}

function byName(
  text: string,
  all: readonly PersonName[],
  limit = MAX_OFFERED,
): readonly PersonName[] {
  if (nameKey(text) === '') return [];
  const same = peopleCalled(text, all);
  if (same.length > 0) return same.slice(0, limit);
  const match = matchWhole(text, all, 'people');
  return match.kind === 'one' ? [match.item] : match.kind === 'several' ? match.items : [];
}

/** The people whose whole name a text is, but for capitals and marks. */
export function peopleCalled(name: string, all: readonly PersonName[]): PersonName[] {
  const key = nameKey(name);
  const alike = nameIndexOf(all).byToken.get(key.split(' ')[0] ?? '') ?? [];
  return [...new Set(alike.flatMap((one) => (one.key === key ? [one.item] : [])))];
}

function partnersNamed(text: string, { directory }: NamingContext): ReadonlySet<string> {
  const match = matchWhole(text, directory.activePartners);
  const items = match.kind === 'one' ? [match.item] : match.kind === 'several' ? match.items : [];
  return new Set(items.map(({ id }) => id));
}

const isAt = (
  { positions }: PersonName,
  partners: ReadonlySet<string>,
  { directory }: NamingContext,
): boolean =>
  positions.some(({ partner }) => partners.has(directory.partner(partner)?.id ?? partner));

/**
 * The person that a value stands for: `#id`, or a name, with their partner if need be.
 * @returns undefined if the value is empty.
 * @throws UserError if nobody of that name is kept, Question if several are.
 */
export function resolvePerson(
  name: string,
  { past }: Extract<Arg, { kind: 'person' }>,
  raw: string,
  { command, args, key }: AskContext,
  context: ParseContext,
): PersonRef | undefined {
  const text = cleanText(raw);
  if (text === '') return undefined;
  const found = text.startsWith('#')
    ? peopleFor(context).filter(({ id }) => id === text.slice(1))
    : peopleNamed(text, context);
  const fitting = found.filter((person) => past || currentPositions(person).length > 0);
  const [only, ...others] = fitting;
  const [gone] = found;
  if (!only && gone)
    throw new UserError(rich`${gone.name} has left already. Who else did you mean?`, name);
  if (!only)
    throw new UserError(
      text.startsWith('#')
        ? rich`I no longer have that person. You can look with ${commandText('person find')}.`
        : rich`I don't have a person called ${bold(quoteShort(text))}. Look with ${commandText('person find')}, or keep somebody with ${commandText('person add')}.`,
      name,
    );
  if (others.length === 0) return { id: only.id, name: only.name };
  throw questionWith(
    rich`Which ${bold(quoteShort(text))} did you mean? I've kept your words.`,
    fitting.slice(0, MAX_OFFERED).map((person) => ({
      label: personLabel(person, context.directory),
      command: command.name,
      args: { ...args, [name]: `#${person.id}`, [ONCE]: key },
    })),
  );
}

/** Suggests people while a name is being typed: `Jane Doe · Riverside Council`. */
export function completePeople(typed: string, limit: number, context: ParseContext): Choice[] {
  const [name = ''] = typed.replace(/^["“„]/, '').split('·');
  return completeNames(name.trim(), peopleFor(context), limit).map((person) => ({
    value: `#${person.id}`,
    label: personLabel(person, context.directory),
  }));
}

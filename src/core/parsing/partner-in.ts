import type { Arg } from '../command/args.ts';
import type { PartnerName } from '../domain/directory/directory.ts';
import { partnersOf } from '../domain/directory/names-in.ts';
import { guessName } from '../names/guess-name.ts';
import { type Match, matchStart } from '../names/match.ts';
import { isDoubleQuote, quotedAt } from './quotes.ts';
import type { ReadContext } from './take-value.ts';

/** A partner named in free words, whom nobody can tell without asking. Together with the args it keeps every word. */
export interface Unresolved {
  arg: string;
  /** What is probably the name; empty where nothing says. */
  typed: string;
  /** The words after it. */
  rest: string;
  /** All of the free words, the name included. */
  words: string;
  match: Exclude<Match<PartnerName>, { kind: 'one' }>;
}

/** A partner by what an arg takes, and the words after it; or what is to be asked. */
type Found = { value: string; rest: string } | Omit<Unresolved, 'arg'>;

/** An optional partner that nothing points to is not there: the words are for the text after it. */
export function mustAsk(
  { match }: Omit<Unresolved, 'arg'>,
  arg: Arg,
  after: readonly (string | undefined)[],
): boolean {
  const isNowhere = match.kind === 'none' && match.near.length === 0;
  return arg.needed === true || !isNowhere || !after.includes('text');
}

/** The partner a text starts with: by reference, or by a name in quotes; else what is known of it. */
export function partnerAt(text: string, { directory }: Pick<ReadContext, 'directory'>): Found {
  const quoted = isDoubleQuote(text[0]) ? quotedAt(text, 0) : undefined;
  if (quoted && quoted.inner.trim() !== '') {
    return { value: quoted.inner.trim(), rest: text.slice(quoted.end).trim() };
  }
  const match = matchStart(text, partnersOf(directory));
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest };
  const said = /^(?:with\s+)+(?=\S)/i.exec(text);
  if (match.kind === 'none' && said) return partnerAt(text.slice(said[0].length), { directory });
  if (match.kind === 'several') return { typed: match.typed, rest: match.rest, words: text, match };
  const guess = guessName(text);
  return { typed: guess?.name ?? '', rest: guess?.rest ?? text, words: text, match };
}

/** The same where no other words have a place: then all of the text is meant as the name. */
export function partnerAs(text: string, context: ReadContext): Found {
  const found = partnerAt(text, context);
  if (found.rest === '' && ('value' in found || found.match.kind === 'several')) return found;
  const start = matchStart(text, partnersOf(context.directory));
  const near =
    start.kind === 'none' ? start.near : start.kind === 'one' ? [start.item] : start.items;
  return { typed: text, rest: '', words: '', match: { kind: 'none', near: near.slice(0, 3) } };
}

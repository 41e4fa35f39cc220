import { cleanText, quoteShort } from '../base/text.ts';
import type { Arg, Args, Values } from '../command/args.ts';
import { type Command, lineText } from '../command/command.ts';
import type { Directory, PartnerName } from '../domain/directory/directory.ts';
import { MAX_PARTNER_NAME_LENGTH, type PartnerRef } from '../domain/partners/partner.ts';
import { FORM, PLAIN, type RawArgs, WORDS } from '../message/invocation.ts';
import { bold, commandText, rich } from '../message/rich-text.ts';
import { type Question, UserError } from '../message/user-error.ts';
import { startsClause } from '../names/everyday-words.ts';
import { guessName } from '../names/guess-name.ts';
import { looksLike, otherScriptsIn } from '../names/look-alikes.ts';
import { likelyItem, matchStart, matchWhole } from '../names/match.ts';
import { nameKey } from '../names/name-words.ts';
import { askAboutUnknownDetail, askWhetherText } from './ask-detail.ts';
import { askWhichMember } from './ask-member.ts';
import { type AskContext, askWhichPartner } from './ask-partner.ts';
import { jointAtStart } from './joint-partners.ts';
import {
  type ParsedWords,
  parseWords,
  type UnresolvedPartner,
  unresolvedJoint,
} from './parse-words.ts';
import { resolveDate } from './resolve-date.ts';
import { membersNamed } from './resolve-member.ts';
import { resolvePerson } from './resolve-person.ts';
import { isNone, type ResolveContext, refuseHidden, resolveValue } from './resolve-value.ts';

/** The args a command runs with. */
interface ResolvedArgs {
  values: Values<Args>;
  /** The raw args of the values: typed words are in the args that they were read into. */
  raw: RawArgs;
  /** The name of the arg for the follow-up that the command is about, if none was named. */
  followupMissing?: string;
}

/**
 * Turns raw args into the typed values a command runs with. Typed words are read first.
 * @throws UserError naming the arg, if a value cannot be read or a needed one is missing.
 * @throws Question if a partner is ambiguous or unknown. Its buttons keep everything that was typed.
 */
export function resolveArgs(command: Command, raw: RawArgs, context: ResolveContext): ResolvedArgs {
  const { [WORDS]: words = '', [FORM]: _, ...given } = raw;
  const asking: AskContext = { command, args: given, key: context.key };
  askAboutUnknownDetail(words, asking);
  try {
    return readArgs(command, raw, context);
  } catch (error) {
    throw textQuestion(error, command, raw, context.key) ?? error;
  }
}

/**
 * The question whether words after a colon are text, about an error in the value of an arg: "check times: 9 and 10".
 * @returns undefined if it is no such error.
 */
export function textQuestion(
  error: unknown,
  command: Command,
  { [WORDS]: words = '', [FORM]: _, ...args }: RawArgs,
  key: string,
): Question | undefined {
  return error instanceof UserError
    ? askWhetherText(error, words, { command, args, key })
    : undefined;
}

function readArgs(command: Command, raw: RawArgs, context: ResolveContext): ResolvedArgs {
  const { [WORDS]: words = '', ...named } = raw;
  const { [FORM]: _, ...given } = named;
  const parsed: ParsedWords =
    words.trim() === '' ? { args: {} } : parseWords(command, words, context, given);
  const { [PLAIN]: __, ...args } = { ...given, ...parsed.args } as RawArgs;
  const asking: AskContext = { command, args, key: context.key };
  const declared = Object.entries(command.args);
  const values: Record<string, unknown> = {};
  // Partners come last: a question about one is only worth asking if everything else can be read.
  for (const [name, arg] of declared) {
    const text = args[name];
    if (text === '' && command.prefill) values[name] = emptiedValue(name, arg);
    else if (text === undefined || arg.kind === 'partner') continue;
    else if (arg.kind === 'date')
      values[name] = resolveDate(name, arg, text, withFreeWords(asking, parsed), context);
    else if (arg.kind === 'person')
      values[name] = resolvePerson(name, arg, text, withFreeWords(asking, parsed), context);
    else {
      const people = arg.kind === 'member' ? membersNamed(text, context) : [];
      if (people.length > 1) throw askWhichMember(name, people, withFreeWords(asking, parsed));
      values[name] = resolveValue(name, arg, text, context);
    }
  }
  if (parsed.unresolved) {
    const { arg, typed, rest, match } = parsed.unresolved;
    const likely = command.writes || rest !== '' ? undefined : likelyItem(match);
    if (match.kind === 'none') refuseArchived(arg, typed, context.directory);
    if (!likely) throw askWhichPartner(parsed.unresolved, asking, context);
    values[arg] = toRef(likely);
  }
  for (const [name, arg] of declared) {
    const text = args[name];
    if (text && arg.kind === 'partner')
      values[name] = resolvePartner(name, arg, text, asking, context);
  }
  const resolved = { values: values as Values<Args>, raw: { ...named, ...parsed.args } };
  const missing = declared.find(([name, arg]) => arg.needed && values[name] === undefined);
  if (!missing) return resolved;
  const [name, arg] = missing;
  if (arg.kind === 'followup') return { ...resolved, followupMissing: name };
  throw missingArg(name, command);
}

/** Also keeps the free words in which the partner is not found yet, for a question that comes before that one. */
function withFreeWords(asking: AskContext, { unresolved }: ParsedWords): AskContext {
  return unresolved ? { ...asking, args: { ...asking.args, [WORDS]: unresolved.words } } : asking;
}

/**
 * The value of an arg whose box somebody emptied, in a form that showed what is set now.
 * @returns null: what is set is removed; undefined: it stays.
 * @throws UserError if it cannot be removed.
 */
function emptiedValue(name: string, { clearable, emptied }: Arg): null | undefined {
  if (clearable) return null;
  if (emptied !== undefined) throw new UserError(emptied, name);
  return undefined;
}

function missingArg(name: string, command: Command): UserError {
  const arg = command.args[name];
  const [example] = command.examples;
  const question = (arg?.ask ?? arg?.summary ?? name).replace(/(?<![?.!])$/, '.');
  return new UserError(
    rich`I still need one thing: ${bold(question)}${example && rich` Such as: ${lineText(example, command)}`}`,
    name,
  );
}

/**
 * The partner that a value stands for: `#id`, `+Name` to add it, or a name.
 * @returns undefined if the value is empty, null for `none`.
 * @throws UserError, Question
 */
function resolvePartner(
  argName: string,
  arg: Arg & { kind: 'partner' },
  raw: string,
  asking: AskContext,
  context: ResolveContext,
): PartnerRef | null | undefined {
  const text = cleanText(raw).replace(/\s+/g, ' ');
  const { directory } = context;
  if (text === '') return undefined;
  if (arg.clearable && isNone(arg, text)) return null;
  if (text.startsWith('#')) return partnerById(argName, text.slice(1), directory);
  if (arg.add && text.startsWith('+')) return newPartnerRef(argName, text.slice(1).trim(), context);

  const match = matchWhole(text, directory.activePartners);
  if (match.kind === 'one') return toRef(match.item);
  // A command that changes nothing may guess: its answer shows which partner it took.
  const likely = asking.command.writes ? undefined : likelyItem(match);
  if (likely) return toRef(likely);
  const joint = jointAtStart(text, context);
  if (joint?.rest === '')
    throw askWhichPartner(unresolvedJoint(argName, '', joint), asking, context);
  if (match.kind === 'none') refuseArchived(argName, text, directory);
  const longer =
    match.kind === 'none' ? nameAndWords(argName, cleanText(raw), asking, context) : undefined;
  if (longer) throw askWhichPartner(longer, asking, context);
  checkPartnerName(argName, text);
  if (match.kind === 'none') refuseLookAlike(argName, text, directory);
  throw askWhichPartner({ arg: argName, typed: text, rest: '', words: '', match }, asking, context);
}

/** A partner and more words in the value of one arg, such as an option of a slash command: `age uk met Jane`. */
function nameAndWords(
  arg: string,
  text: string,
  { command }: AskContext,
  { directory }: ResolveContext,
): UnresolvedPartner | undefined {
  if (!command.words?.some((name) => command.args[name]?.kind === 'text')) return undefined;
  const match = matchStart(text, directory.activePartners);
  if (match.kind === 'one') {
    const { item, rest } = match;
    const typed = text.slice(0, text.length - rest.length).trim();
    return {
      arg,
      typed,
      rest,
      words: text,
      match: { kind: 'several', items: [item], rest, typed },
    };
  }
  const guess = guessName(text);
  if (match.kind === 'several')
    return guess?.rest === ''
      ? { arg, typed: text, rest: '', words: '', match: { ...match, rest: '' } }
      : { arg, typed: match.typed, rest: match.rest, words: text, match };
  return match.kind === 'none' && guess && startsClause(guess.rest.split(/\s/)[0] ?? '')
    ? { arg, typed: guess.name, rest: guess.rest, words: text, match }
    : undefined;
}

const toRef = ({ id, name }: PartnerName): PartnerRef => ({ id, name });

function partnerById(argName: string, id: string, directory: Directory): PartnerRef {
  const partner = directory.partner(id);
  if (partner && !partner.archived) return toRef(partner);
  if (partner) throw archivedError(argName, partner);
  throw new UserError(
    rich`That partner is no longer in the register. Pick another one, please.`,
    argName,
  );
}

function archivedError(argName: string, { name }: PartnerName): UserError {
  return new UserError(
    rich`${bold(name)} is no longer in the register: it was archived. Bring it back with ${commandText('partner restore')}, or pick another one.`,
    argName,
  );
}

/** Refuses the name of an archived partner: to offer to add it again would be wrong. @throws UserError */
function refuseArchived(argName: string, name: string, directory: Directory): void {
  const existing = partnerNamed(name, directory);
  if (existing?.archived) throw archivedError(argName, existing);
}

/** A partner to be added, or the one that has the name already. */
function newPartnerRef(
  argName: string,
  name: string,
  { directory, id }: ResolveContext,
): PartnerRef {
  checkPartnerName(argName, name);
  const existing = partnerNamed(name, directory);
  if (existing) return partnerById(argName, existing.id, directory);
  refuseLookAlike(argName, name, directory);
  return { id: id(`partner ${argName}`), name, isNew: true };
}

function partnerNamed(name: string, { partners }: Directory): PartnerName | undefined {
  const key = nameKey(name);
  if (key === '') return undefined;
  const byName = partners.find((partner) => nameKey(partner.name) === key);
  const byAlias = partners.filter((partner) =>
    partner.aliases.some((alias) => nameKey(alias) === key),
  );
  return byName ?? (byAlias.length === 1 ? byAlias[0] : undefined);
}

/** @throws UserError if this cannot be a name. */
function checkPartnerName(argName: string, name: string): void {
  if (nameKey(name) === '') {
    throw new UserError(
      rich`"${quoteShort(name)}" has no letters in it. What is the partner's name?`,
      argName,
    );
  }
  if (name.length > MAX_PARTNER_NAME_LENGTH) {
    throw new UserError(
      rich`"${quoteShort(name)}" is too long for a name: it may have up to ${MAX_PARTNER_NAME_LENGTH} characters.`,
      argName,
    );
  }
  refuseHidden(argName, name);
}

/** @throws UserError if a new name looks like that of another partner. */
function refuseLookAlike(argName: string, name: string, { partners }: Directory): void {
  const other = partners.find((partner) => looksLike(name, partner.name));
  if (!other) return;
  throw new UserError(
    rich`That looks like ${bold(other.name)}, but has ${otherScriptsIn(`${name} ${other.name}`)} letters in it. If you mean another partner, add it with ${commandText('partner add')}.`,
    argName,
  );
}

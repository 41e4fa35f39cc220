import type { Command, Commands, Phrase } from '../command/command.ts';
import type { PartnerName } from '../domain/directory/directory.ts';
import { type RawArgs, WORDS } from '../message/invocation.ts';

/** A phrase with its command. */
interface DeclaredPhrase extends Phrase {
  command: string;
}

interface CompiledPhrase extends DeclaredPhrase {
  pattern: RegExp;
}

/** The command and the args that a line says. */
interface PhraseMatch {
  command: string;
  args: RawArgs;
}

/** What people say before they come to the point. Each part can also belong to a phrase: "I need to …". */
const OPENINGS = [
  /^(?:(?:hi|hello|hey|hiya|ok|okay|oh|so|right|well(?! done\b)|and|please|pls|sorry|convenor|just|quick(?:ly)?)[\s,!.]+)+/i,
  /^(?:(?:can|could|would|will) (?:you|u|i|we) (?:please )?|(?:i|we)(?:['’]?d| would)? (?:want|like|wish) (?:you )?to )/i,
  /^(?:i|we)(?: have|['’]?ve)? /i,
  /^(?:just|also) /i,
];
const ENDING = '(?:[\\s,]+(?:please|pls|thanks|thank you|now|for me|convenor))*[\\s.,!?…]*$';

/** How a word is written together with the one before: `who is` and `who's`. */
const CONTRACTED: ReadonlyMap<string, string> = new Map([
  ['is', "['’]?s"],
  ['has', "['’]?s"],
  ['am', "['’]?m"],
  ['are', "['’]?re"],
  ['have', "['’]?ve"],
  ['will', "['’]?ll"],
  ['would', "['’]?d"],
  ['not', "n['’]?t"],
]);

/** Compiled phrases by their first character, the longest first. */
type PhraseTable = ReadonlyMap<string, readonly CompiledPhrase[]>;

const tables = new WeakMap<Commands, PhraseTable>();

/**
 * Finds the command whose phrase a line is, or starts with: "who's gone quiet?", "remind me to ring the school". The
 * longest phrase wins. Phrases that need a partner are left to {@link matchPartnerPhrase}.
 * @returns undefined if no command declares such a phrase.
 */
export function matchPhrase(line: string, commands: Commands): PhraseMatch | undefined {
  const found = findPhrase(line, commands, ({ needsPartner }) => !needsPartner);
  if (!found) return undefined;
  const { phrase, rest } = found;
  const done = phrase.keepsLine ? IS_DONE.exec(line.trim()) : null;
  if (done?.[1] && commands.has(DONE)) return { command: DONE, args: { [WORDS]: done[1] } };
  const { command, args = {}, keepsLine, ignoresRest } = phrase;
  if (rest === undefined || ignoresRest) return { command, args };
  const words = keepsLine ? line.trim().replace(PLEASE, '') : rest.trim();
  return { command, args: { ...args, [WORDS]: words } };
}

const DONE = 'followup done';
/** "Ring the school is done" says that something to do is done, unless it is about when, as in "ring us when it is done". */
const IS_DONE =
  /^(?!.*\b(?:if|when|that|what|which|until|till|once|whether|so|after|before|because)\b)(\S.*?)[\s,]+(?:is|are|was|has been|have been)\s+(?:(?:now|all|already)\s+)?(?:done|finished)[\s.!]*$/i;

const PLEASE = /^(?:(?:please|pls|convenor)[\s,]+)+/i;

/**
 * Finds a phrase with a partner after it: "tell me about the youth club".
 * @param find the partner that words name, if they do.
 */
export function matchPartnerPhrase(
  line: string,
  commands: Commands,
  find: (words: string) => PartnerName | undefined,
): PhraseMatch | undefined {
  const named = (words: string) => find(nameIn(words)) ?? find(withoutDay(nameIn(words)));
  const found = findPhrase(
    line,
    commands,
    ({ needsPartner }, words = '') => needsPartner === true && named(words) !== undefined,
  );
  const partner = found && named(found.rest ?? '');
  if (!found || !partner) return undefined;
  const { command, args } = found.phrase;
  return { command, args: { ...args, with: `#${partner.id}` } };
}

const nameIn = (words: string): string => words.replace(/[?!.]+$/, '');

/** The words without the day and time at their end: "the council tomorrow at 3", "the council on thursday". */
export const withoutDay = (words: string): string =>
  words.replace(DAY_AT_END, '').replace(/[\s,]+(?:on|next|this)$/i, '');
const DAY_AT_END =
  /[\s,]+(?:today|tonight|tomorrow|soon|later|(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday)?(?: \d{1,2}(?: [a-z]{3,9})?)?|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:next|this) week|this (?:morning|afternoon|evening))(?:[\s,]+(?:morning|afternoon|evening|(?:at )?\d{1,2}(?:[:.]\d{2})?(?: ?[ap]m)?))?$/i;

/** The longest phrase that a line is or starts with, and the words after it. */
function findPhrase(
  line: string,
  commands: Commands,
  accepts: (phrase: CompiledPhrase, rest: string | undefined) => boolean,
): { phrase: CompiledPhrase; rest: string | undefined } | undefined {
  const table = phraseTable(commands);
  let best: { phrase: CompiledPhrase; rest: string | undefined } | undefined;
  for (const text of withoutOpenings(line.trim())) {
    for (const phrase of table.get(text.charAt(0).toLowerCase()) ?? []) {
      if (best && phrase.says.length <= best.phrase.says.length) break;
      const found = phrase.pattern.exec(text);
      if (found && accepts(phrase, found[1])) best = { phrase, rest: found[1] };
    }
  }
  return best;
}

/** A line, and what is left of it without each of its openings. */
function withoutOpenings(line: string): readonly string[] {
  const texts = [line];
  for (const opening of OPENINGS) {
    const last = texts.at(-1) ?? '';
    const text = last.replace(opening, '');
    if (text !== last) texts.push(text);
  }
  return texts;
}

function phraseTable(commands: Commands): PhraseTable {
  const known = tables.get(commands);
  if (known) return known;
  const table = new Map<string, CompiledPhrase[]>();
  const all = [...commands.values()].flatMap(declaredPhrases);
  for (const phrase of all.toSorted((one, other) => other.says.length - one.says.length)) {
    const start = phrase.says.charAt(0);
    table.set(start, [...(table.get(start) ?? []), { ...phrase, pattern: patternOf(phrase.says) }]);
  }
  tables.set(commands, table);
  return table;
}

/** The phrases that a command declares, each with its command. */
export function declaredPhrases({ name, phrases = [] }: Command): DeclaredPhrase[] {
  return phrases.map((phrase) => ({
    command: name,
    ...(typeof phrase === 'string' ? { says: phrase } : phrase),
  }));
}

function patternOf(says: string): RegExp {
  const [start = '', last = ''] = says.split(/\s*…\s*/);
  const takesWords = says.includes('…');
  const [first = '', ...others] = start.split(' ');
  const words = others.map((word) => {
    const short = CONTRACTED.get(word);
    return short ? `(?:\\s+${escaped(word)}|${short})` : `[\\s,]+${escaped(word)}`;
  });
  const rest = last === '' ? '(\\S[^]*)$' : `(\\S[^]*?)\\s+${escaped(last)}${ENDING}`;
  const after = takesWords ? `(?:[\\s,:–—-]+)${rest}` : ENDING;
  return new RegExp(`^${escaped(first)}${words.join('')}${after}`, 'i');
}

const escaped = (word: string): string =>
  word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll("'", "['’]?");

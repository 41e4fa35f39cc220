import type { Args } from '../command/args.ts';
import { PLAIN, type RawArgs } from '../message/invocation.ts';
import { bold, rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';

/** A part of the typed words: free words, or the value of an arg given by name. */
export interface Segment {
  /** The arg's name, even if an alias was typed; undefined for free words. */
  name?: string;
  text: string;
  /** The value was in quotes, so all of it is the value. */
  quoted: boolean;
}

/** `name:` at the start of a word. No arg has a longer name. */
const ARG_NAME = /([\p{L}][\p{L}\p{N}_-]{0,30}):/uy;

/** The names of the lines above a mail, as a mail program writes them. */
const MAIL_HEADERS = /\b(From|Sent|Date|To|Cc|Bcc|Subject|Reply-To):\s/g;

/**
 * The names before a colon that are text in these words, in lower case: those that a button says, and the lines above a
 * pasted mail (`From: … To: … Subject: …`).
 */
export function textNames(words: string, { [PLAIN]: plain = '' }: RawArgs): ReadonlySet<string> {
  return new Set([...plain.split(','), ...mailHeadersIn(words)]);
}

/** Whether a text has a pasted mail in it: what is said in there, such as a day, is not said to the bot. */
export const hasPastedMail = (text: string): boolean => mailHeadersIn(text).length > 0;

function mailHeadersIn(text: string): string[] {
  const headers = [...text.matchAll(MAIL_HEADERS)].map(([, name = '']) => name.toLowerCase());
  return headers.includes('from') && new Set(headers).size > 1 ? headers : [];
}

/** A name with a colon that is no arg of the command, and the value after it: `steward:@tom`. */
export interface UnknownDetail {
  name: string;
  value: string;
  /** Where the name starts, where the value starts, and where it ends. */
  start: number;
  valueStart: number;
  end: number;
}

/** The unknown details in typed words. Web addresses and smileys are none. */
export function findUnknownDetails(
  args: Args,
  words: string,
  asText: ReadonlySet<string>,
): UnknownDetail[] {
  const known = namesByTyped(args);
  const found: UnknownDetail[] = [];
  for (let at = 0; at < words.length; at = nextWord(words, at)) {
    const name = argNameAt(words, at);
    if (name === undefined || known.has(name) || asText.has(name) || NO_DETAILS.has(name)) continue;
    const valueStart = skipSpace(words, words.indexOf(':', at) + 1);
    if (!/[\p{L}\p{N}@<"“]/u.test(words.charAt(valueStart))) continue;
    const quoted = isDoubleQuote(words[valueStart]) ? readQuoted(words, valueStart) : undefined;
    const word = /^\S+/.exec(words.slice(valueStart, valueStart + MAX_VALUE_LENGTH))?.[0] ?? '';
    const end = quoted?.end ?? valueStart + word.length;
    found.push({ name, value: quoted?.inner ?? word, start: at, valueStart, end });
  }
  return found;
}

/** Longer words are no values. */
const MAX_VALUE_LENGTH = 200;

/** What people write before a colon that is never a detail. */
const NO_DETAILS = new Set('http https mailto re ref fw fwd ps nb tel mob pm am fyi cc'.split(' '));

/**
 * Splits typed words at the names of args: `met Jane how:call` is free words and a value. Case does not matter.
 * @param asText names that are text here, in lower case.
 * @throws UserError if an arg is named twice or has no value.
 */
export function splitSegments(
  args: Args,
  words: string,
  asText: ReadonlySet<string> = new Set(),
): Segment[] {
  const names = namesByTyped(args);
  const segments: Segment[] = [];
  const seen = new Set<string>();
  let open: Segment = { text: '', quoted: false };
  let start = 0;
  const close = (end: number) => {
    open.text = words.slice(start, end).trim();
    // `private:` says enough.
    if (open.text === '' && args[open.name ?? '']?.kind === 'readers') open.text = 'yes';
    if (open.name !== undefined && open.text === '') throw emptyError(open.name);
    if (open.text !== '') segments.push(open);
  };
  let at = 0;
  while (at < words.length) {
    const typed = argNameAt(words, at) ?? '';
    const name = asText.has(typed) ? undefined : names.get(typed);
    if (name === undefined) {
      at = nextWord(words, at);
      continue;
    }
    close(at);
    if (seen.has(name)) throw twiceError(name);
    seen.add(name);
    start = skipSpace(words, words.indexOf(':', at) + 1);
    at = start;
    open = { name, text: '', quoted: false };
    const value = readQuoted(words, start);
    if (value) {
      segments.push(quotedSegment(name, value));
      start = skipSeparators(words, value.end);
      at = start;
      open = { text: '', quoted: false };
    } else if (isDoubleQuote(words[start])) {
      // Ignore a quote that never closes.
      start++;
    }
  }
  close(words.length);
  return segments;
}

/** The names of args by what may be typed for them, in lower case. */
function namesByTyped(args: Args): Map<string, string> {
  const entries = Object.entries(args).flatMap(([name, arg]) =>
    [name, ...(arg.aliases ?? [])].map((typed) => [typed.toLowerCase(), name] as const),
  );
  return new Map(entries);
}

function argNameAt(words: string, at: number): string | undefined {
  ARG_NAME.lastIndex = at;
  return ARG_NAME.exec(words)?.[1]?.toLowerCase();
}

/** The start of the next word. Text in double quotes is one word, so it names no args. */
function nextWord(words: string, at: number): number {
  const quoted = isDoubleQuote(words[at]) ? readQuoted(words, at) : undefined;
  let end = quoted?.end ?? at;
  while (end < words.length && !/\s/.test(words[end] ?? '')) end++;
  return skipSpace(words, end);
}

function skipSpace(words: string, from: number): number {
  let at = from;
  while (at < words.length && /\s/.test(words[at] ?? '')) at++;
  return at;
}

/** Skips space and the commas that people put after a closing quote. */
function skipSeparators(words: string, from: number): number {
  let at = from;
  while (at < words.length && /[\s,;]/.test(words[at] ?? '')) at++;
  return at;
}

function quotedSegment(name: string, { inner }: Quoted): Segment {
  if (inner.trim() === '') throw emptyError(name);
  return { name, text: inner, quoted: true };
}

function twiceError(name: string): UserError {
  return new UserError(
    rich`You gave ${bold(`${name}:`)} twice, and I don't know which one to take. Say it once, please.`,
    name,
  );
}

function emptyError(name: string): UserError {
  return new UserError(
    rich`There is nothing after ${bold(`${name}:`)}. Say what it is, or leave it out.`,
    name,
  );
}

/** Phones turn straight quotes into curly ones, and not always into the right ones. */
const DOUBLE_QUOTES = '"“”„';

const SINGLE_QUOTES = "'‘’";

const CURLY_QUOTES = '“”';

/** A quoted text. */
export interface Quoted {
  /** The text between the quotes. */
  inner: string;
  /** The place after the closing quote. */
  end: number;
}

/** Whether a character is a double quote of any shape. */
export const isDoubleQuote = (character: string | undefined): boolean =>
  character !== undefined && character !== '' && DOUBLE_QUOTES.includes(character);

/**
 * Reads a quoted text that starts at `from`. A backslash keeps a quote from closing it.
 * @returns undefined if no quote opens there, or it never closes.
 */
export function readQuoted(text: string, from: number): Quoted | undefined {
  const open = text[from] ?? '';
  if (open === '') return undefined;
  if (SINGLE_QUOTES.includes(open)) return readUpTo(text, from, SINGLE_QUOTES, true);
  if (!DOUBLE_QUOTES.includes(open)) return undefined;
  const own = open === '"' ? '"' : open === '„' ? DOUBLE_QUOTES : CURLY_QUOTES;
  return readUpTo(text, from, own, false) ?? readUpTo(text, from, DOUBLE_QUOTES, false);
}

/** A text in quotes, as `readQuoted` reads it back. */
export function inQuotes(text: string): string {
  return `"${text.replace(/["“”„\\]/g, '\\$&')}"`;
}

/** @param atWordEnd only a quote at the end of a word closes, so that 'don't forget' is read whole. */
function readUpTo(
  text: string,
  from: number,
  closers: string,
  atWordEnd: boolean,
): Quoted | undefined {
  let inner = '';
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (
      character === '\\' &&
      (next === '\\' || DOUBLE_QUOTES.includes(next) || SINGLE_QUOTES.includes(next)) &&
      next !== ''
    ) {
      inner += next;
      at++;
    } else if (closers.includes(character) && (!atWordEnd || /^$|[\s,.;:!?)]/.test(next))) {
      return { inner, end: at + 1 };
    } else inner += character;
  }
  return undefined;
}

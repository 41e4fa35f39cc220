import type { Args } from '../command/args.ts';
import { bold, rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';
import { isDoubleQuote, type Quoted, quotedAt } from './quotes.ts';

/** A stretch of typed words: free, or given to an arg by its name. */
export interface Segment {
  /** The arg's own name, whichever alias was typed; undefined for free words. */
  name?: string;
  text: string;
  /** The value stood in quotes, so it is all of the value. */
  quoted: boolean;
}

/** `name:` at the start of a word; longer ones are no arg's. */
const NAME = /([\p{L}][\p{L}\p{N}_-]{0,30}):/uy;

/** Splits typed words at the names of args: `met Jane how:call` is free words and a value. Case does not matter. */
export function segmentsOf(args: Args, words: string): Segment[] {
  const names = namesOf(args);
  const segments: Segment[] = [];
  const seen = new Set<string>();
  let open: Segment = { text: '', quoted: false };
  let start = 0;
  const close = (end: number) => {
    open.text = words.slice(start, end).trim();
    if (open.name !== undefined && open.text === '') throw empty(open.name);
    if (open.text !== '') segments.push(open);
  };
  let at = 0;
  while (at < words.length) {
    const name = names.get(nameAt(words, at) ?? '');
    if (name === undefined) {
      at = wordEnd(words, at);
      continue;
    }
    close(at);
    if (seen.has(name)) throw twice(name);
    seen.add(name);
    start = skipSpace(words, words.indexOf(':', at) + 1);
    at = start;
    open = { name, text: '', quoted: false };
    const value = quotedAt(words, start);
    if (value) {
      segments.push(quotedSegment(name, value));
      start = skipMarks(words, value.end);
      at = start;
      open = { text: '', quoted: false };
    } else if (isDoubleQuote(words[start])) {
      // A quote that never closes is not there.
      start++;
    }
  }
  close(words.length);
  return segments;
}

function namesOf(args: Args): Map<string, string> {
  const entries = Object.entries(args).flatMap(([name, arg]) =>
    [name, ...(arg.aliases ?? [])].map((typed) => [typed.toLowerCase(), name] as const),
  );
  return new Map(entries);
}

function nameAt(words: string, at: number): string | undefined {
  NAME.lastIndex = at;
  return NAME.exec(words)?.[1]?.toLowerCase();
}

/** The start of the next word. What stands in double quotes is one word, so names in it are not names. */
function wordEnd(words: string, at: number): number {
  const quoted = isDoubleQuote(words[at]) ? quotedAt(words, at) : undefined;
  let end = quoted?.end ?? at;
  while (end < words.length && !/\s/.test(words[end] ?? '')) end++;
  return skipSpace(words, end);
}

function skipSpace(words: string, from: number): number {
  let at = from;
  while (at < words.length && /\s/.test(words[at] ?? '')) at++;
  return at;
}

/** Past the space and the commas that people put after a closing quote. */
function skipMarks(words: string, from: number): number {
  let at = from;
  while (at < words.length && /[\s,;]/.test(words[at] ?? '')) at++;
  return at;
}

function quotedSegment(name: string, { inner }: Quoted): Segment {
  if (inner.trim() === '') throw empty(name);
  return { name, text: inner, quoted: true };
}

function twice(name: string): UserError {
  return new UserError(
    rich`You gave ${bold(`${name}:`)} twice, and I don't know which one to take. Say it once, please.`,
    name,
  );
}

function empty(name: string): UserError {
  return new UserError(
    rich`There is nothing after ${bold(`${name}:`)}. Say what it is, or leave it out.`,
    name,
  );
}

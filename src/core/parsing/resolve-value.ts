import { cleaned, cut } from '../base/cut.ts';
import type { Arg, MemberRef, RoleRef } from '../command/args.ts';
import { readDuration } from '../dates/duration.ts';
import { dateExamples, readTime, readWhen } from '../dates/when.ts';
import { zoneIn } from '../dates/zone-name.ts';
import type { Member } from '../domain/members/member.ts';
import type { ChannelRef } from '../message/address.ts';
import type { Invocation, Place } from '../message/invocation.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';
import { nearest } from '../names/match.ts';
import { choiceIn, choicesIn } from './choices.ts';
import { resolveMember } from './resolve-member.ts';
import { flagIn, type ReadContext, roleIn } from './take-value.ts';

/** What raw args are resolved with: who said them, where, and how new ids are made. */
export interface ResolveContext extends ReadContext {
  member: Member;
  place: Place;
  /** What the platform tells of those who are mentioned, by its user ids. */
  profiles?: Invocation['profiles'];
  /** An id for something this invocation writes. */
  id(label: string): string;
  /** Names this invocation; the buttons of one question share it. */
  key: string;
}

/** Characters of a text and of a file, where the arg does not say. */
const MOST_TEXT = 2000;
const MOST_FILE = 1_000_000;

/** What a slip of the finger may have been meant as. */
const DAY_WORDS = [
  ...['today', 'tomorrow', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  ...['saturday', 'sunday', 'next week', 'last week'],
];

/** The value of any arg but a partner. @returns undefined for what is empty, null for `none`. @throws UserError */
export function resolveValue(
  name: string,
  arg: Exclude<Arg, { kind: 'partner' }>,
  raw: string,
  context: ResolveContext,
): unknown {
  const text = cleaned(raw);
  if (text === '') return undefined;
  if (arg.clearable && isNone(arg, text)) return null;
  const value = read(name, arg, text, context);
  if (value === undefined) throw new UserError(problem(name, arg, text), name);
  return value;
}

/** `none`, and `nobody` where it is about people. */
export function isNone(arg: Arg, text: string): boolean {
  return /^none$/i.test(text) || (arg.kind === 'member' && /^nobody$/i.test(text));
}

function read(
  name: string,
  arg: Exclude<Arg, { kind: 'partner' }>,
  text: string,
  context: ResolveContext,
): unknown {
  switch (arg.kind) {
    case 'text':
      return withinLimit(name, text, arg.max ?? MOST_TEXT);
    case 'file':
      return withinLimit(name, text, arg.max ?? MOST_FILE);
    case 'choice':
      return choiceIn(text, arg.choices);
    case 'choices':
      return choicesIn(text, arg.choices);
    case 'number':
      return numberIn(text, arg.min, arg.max);
    case 'date': {
      const when = readWhen(text, { ...context, tense: arg.tense });
      return when && (arg.moment ? when : { day: when.day });
    }
    case 'time':
      return readTime(text);
    case 'duration':
      return readDuration(text);
    case 'zone':
      return zoneIn(text);
    case 'member':
      return resolveMember(name, text, context) satisfies MemberRef;
    case 'channel':
      return channelIn(name, text, context.place);
    case 'role':
      return roleRefIn(text, context.place);
    case 'flag':
      return flagIn(text);
  }
}

/** What could not be read, and what would work. */
function problem(name: string, arg: Arg, text: string): RichText {
  const typed = `"${cut(text)}"`;
  switch (arg.kind) {
    case 'choice':
    case 'choices': {
      const close = nearest(text, arg.choices);
      return rich`I don't know ${typed} for ${bold(name)}.${close && rich` Did you mean ${bold(close)}?`} It can be ${listed(arg.choices)}.`;
    }
    case 'number':
      return rich`${typed} is not a number I can use for ${bold(name)}. It goes from ${arg.min} to ${arg.max}.`;
    case 'date': {
      const close = nearest(text, DAY_WORDS);
      return rich`I can't read ${typed} as a date.${close && ` Did you mean "${close}"?`} ${dateExamples(arg.tense)}`;
    }
    case 'time':
      return rich`I can't read ${typed} as a time. Try "9am" or "17:30".`;
    case 'duration':
      return rich`I can't read ${typed} as a length of time, from a day to five years. Try "6 weeks" or "monthly".`;
    case 'zone':
      return rich`I don't know the time zone ${typed}. Try "Europe/London".`;
    case 'channel':
      return rich`I can't tell which channel ${typed} is. Type # and pick it from the list, or say "here".`;
    case 'role':
      return rich`I can't tell which role ${typed} is. Type @ and pick it from the list.`;
    case 'flag':
      return rich`${bold(name)} is yes or no; I can't read ${typed}.`;
    default:
      return rich`I can't use ${typed} for ${bold(name)}.`;
  }
}

function withinLimit(name: string, text: string, most: number): string {
  if (text.length <= most) return text;
  const count = (number: number) => number.toLocaleString('en-GB');
  throw new UserError(
    rich`That is ${count(text.length)} characters, and ${bold(name)} takes up to ${count(most)}. Could you make it shorter?`,
    name,
  );
}

function numberIn(text: string, min: number, max: number): number | undefined {
  if (!/^-?\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}

/** @throws UserError where the direct message would be meant: it is no channel. */
function channelIn(name: string, text: string, place: Place): ChannelRef | undefined {
  const { platform, workspace, channel: here, direct } = place;
  const named = /^<#([^<>|\s]+)(?:\|[^<>]*)?>$/.exec(text)?.[1];
  const channel = /^here$/i.test(text) ? here : named;
  if (direct && channel === here)
    throw new UserError(
      'This is a direct message. Say that in the channel you mean, or name the channel.',
      name,
    );
  return channel === undefined ? undefined : { platform, workspace, channel };
}

function roleRefIn(text: string, { platform, workspace }: Place): RoleRef | undefined {
  const role = roleIn(text);
  return role === undefined ? undefined : { platform, workspace, role };
}

/** `call, email or visit`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

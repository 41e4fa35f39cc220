import { cleanText, hiddenCharacterIn, listText, quoteShort } from '../base/text.ts';
import {
  type Arg,
  MAX_FILE_LENGTH,
  MAX_TEXT_LENGTH,
  type MemberRef,
  type ReadersRef,
  type RoleRef,
} from '../command/args.ts';
import { readDuration } from '../dates/duration.ts';
import { readTime } from '../dates/time-of-day.ts';
import { readZone } from '../dates/zone-name.ts';
import type { Member } from '../domain/members/member.ts';
import type { ChannelRef } from '../message/address.ts';
import type { Invocation, Place } from '../message/invocation.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';
import { nameKey } from '../names/name-words.ts';
import { nearest } from '../names/nearest.ts';
import { readChoice, readChoices } from './read-choices.ts';
import { resolveMember } from './resolve-member.ts';
import { mentionedRole, type ParseContext, readFlag } from './split-value.ts';

/** What is known when raw args are resolved. */
export interface ResolveContext extends ParseContext {
  member: Member;
  place: Place;
  /** The profiles of mentioned people, by the platform's user id. */
  profiles?: Invocation['profiles'];
  /** See `Invocation`. */
  unanswered?: Invocation['unanswered'];
  roles?: Invocation['roles'];
  /** An id for something that this invocation writes: the same label gives the same id. */
  id(label: string): string;
  /** The invocation's key. The buttons of one question share it. */
  key: string;
}

/**
 * The typed value of an arg of any kind but partner, person and date.
 * @returns undefined if the text is empty, null for `none`.
 * @throws UserError if it cannot be read.
 */
export function resolveValue(
  name: string,
  arg: Exclude<Arg, { kind: 'partner' | 'person' | 'date' }>,
  raw: string,
  context: ResolveContext,
): unknown {
  const text = cleanText(raw);
  if (text === '') return undefined;
  if (arg.clearable && isNone(arg, text)) return null;
  const value = readValue(name, arg, text, context);
  if (value === undefined) throw new UserError(problemText(name, arg, text), name);
  return value;
}

/** Whether a text clears the value: `none`, or `nobody` for a member. */
export function isNone(arg: Arg, text: string): boolean {
  return /^none$/i.test(text) || (arg.kind === 'member' && /^nobody$/i.test(text));
}

function readValue(
  name: string,
  arg: Exclude<Arg, { kind: 'partner' | 'person' | 'date' }>,
  text: string,
  context: ResolveContext,
): unknown {
  switch (arg.kind) {
    case 'text':
      if (arg.isName) checkName(name, text, arg.max);
      return checkLength(name, text, arg.max ?? MAX_TEXT_LENGTH);
    case 'file':
      return checkLength(name, text, arg.max ?? MAX_FILE_LENGTH);
    case 'followup':
      return checkLength(name, text, MAX_TEXT_LENGTH);
    case 'choice':
      return readChoice(text, arg.choices, arg.synonyms);
    case 'choices':
      return readChoices(text, arg.choices);
    case 'number':
      return readNumber(text, arg.min, arg.max);
    case 'time':
      return readTime(text);
    case 'duration':
      return readDuration(text);
    case 'zone':
      return readZone(text);
    case 'member':
      return resolveMember(name, arg, text, context) satisfies MemberRef;
    case 'readers':
      return readReaders(name, text, context) satisfies ReadersRef;
    case 'channel':
      return readChannel(name, text, context.place);
    case 'role':
      return readRole(name, text, context);
    case 'flag':
      return readFlag(text);
  }
}

/** Says what could not be read, and what would work. */
function problemText(name: string, arg: Arg, text: string): RichText {
  const typed = `"${quoteShort(text)}"`;
  switch (arg.kind) {
    case 'choice':
    case 'choices': {
      const close = nearest(text, arg.choices);
      return rich`I don't know ${typed} for ${bold(name)}.${close && rich` Did you mean ${bold(close)}?`} It can be ${listText(arg.choices, 'or')}.`;
    }
    case 'number':
      return rich`${typed} is not a number I can use for ${bold(name)}. It goes from ${arg.min} to ${arg.max}.`;
    case 'time':
      return rich`I can't read ${typed} as a time. Try "9am" or "17:30".`;
    case 'duration':
      return rich`I can't read ${typed} as a length of time, from a day to five years. Try "6 weeks" or "monthly".`;
    case 'zone':
      return rich`I don't know the time zone ${typed}. Try "Europe/London".`;
    case 'channel':
      return rich`I can't tell which channel ${typed} is. Type # and pick it from the list, or say "here".`;
    case 'role':
      return rich`I can't tell which role ${typed} is, or which channel. Type @ or # and pick it from the list.`;
    case 'flag':
      return rich`${bold(name)} is yes or no; I can't read ${typed}.`;
    default:
      return rich`I can't use ${typed} for ${bold(name)}.`;
  }
}

/** @throws UserError if a name has a character that nobody can see. */
export function refuseHidden(arg: string, text: string): void {
  const hidden = hiddenCharacterIn(text);
  if (hidden) throw new UserError(`That name has ${hidden}. Please type it again without it.`, arg);
}

/** @throws UserError if a name is too long, or has a character that nobody can see. */
function checkName(arg: string, text: string, maxLength = MAX_TEXT_LENGTH): void {
  if (text.length > maxLength)
    throw new UserError(
      `That name has ${text.length} characters. It can have up to ${maxLength}.`,
      arg,
    );
  refuseHidden(arg, text);
}

function checkLength(name: string, text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const count = (number: number) => number.toLocaleString('en-GB');
  throw new UserError(
    rich`"${quoteShort(text)}" has ${count(text.length)} characters, and I can take up to ${count(maxLength)} there. Could you make it shorter?`,
    name,
  );
}

function readNumber(text: string, min: number, max: number): number | undefined {
  if (!/^-?\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}

/** @throws UserError for a direct message, which is not a channel. */
function readChannel(name: string, text: string, place: Place): ChannelRef | undefined {
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

/** @throws UserError if one of them is not known. */
function readReaders(name: string, text: string, context: ResolveContext): ReadersRef {
  const flag = readFlag(text);
  if (flag !== undefined) return flag ? [] : 'everybody';
  const people = text.split(/\s*[,;&]\s*|\s+and\s+|\s+(?=[@<#])/i).filter((part) => part !== '');
  return people.map((part) => resolveMember(name, { kind: 'member', summary: '' }, part, context));
}

/** @throws UserError for a direct message, which is not a channel. */
function readRole(
  name: string,
  text: string,
  { place, roles = {} }: ResolveContext,
): RoleRef | undefined {
  const { platform, workspace } = place;
  const role = mentionedRole(text) ?? roleNamed(text, roles);
  const channel = role === undefined ? readChannel(name, text, place)?.channel : undefined;
  const id = role ?? channel;
  return id === undefined
    ? undefined
    : { platform, workspace, role: id, isChannel: channel !== undefined };
}

/** The id of the only role with a typed name: `@Residents`, or `residents`. */
function roleNamed(text: string, roles: NonNullable<Invocation['roles']>): string | undefined {
  const key = nameKey(text.replace(/^@/, ''));
  const [only, ...others] = Object.keys(roles).filter((id) => nameKey(roles[id] ?? '') === key);
  return others.length === 0 ? only : undefined;
}

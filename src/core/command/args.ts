import { capitalize } from '../base/text.ts';
import { MAX_DATE_LENGTH } from '../dates/date-words.ts';
import type { When } from '../dates/when.ts';
import { MAX_PARTNER_NAME_LENGTH, type PartnerRef } from '../domain/partners/partner.ts';
import { MAX_PERSON_NAME_LENGTH, type PersonRef } from '../domain/people/person.ts';
import type { ChannelRef } from '../message/address.ts';
import type { RichText } from '../message/rich-text.ts';

/** What an arg of any kind may declare. */
interface ArgBase {
  /** One line for help, the reference and Discord's option description: at most 100 characters. */
  summary: string;
  /** The label of the arg's field in the form. An arg without it has no field. All platforms show the first five. */
  ask?: string;
  /** What its field says below the label; undefined: the summary. '' if the label says it all. */
  hint?: string;
  /** Other names to type for it (`due` for `by`). */
  aliases?: readonly string[];
  /** If the arg is missing, the command opens its form. */
  needed?: true;
  /** Only buttons give it: help and Discord's menu do not offer it. */
  fromButton?: true;
  /**
   * Words that work between two partners, in place of its name and a colon: `a into b`. The arg's own name works between
   * other words too: `Jane Doe at b`.
   */
  joins?: readonly string[];
  /** The value `none` removes what is set. So does an emptied box, in the form of a command with `prefill`. */
  clearable?: true;
  /** What to say if its box was emptied, in the form of a command with `prefill`. For args that cannot be removed. */
  emptied?: RichText | string;
}

/** An arg of a command, declared as data. Parsing, validation, options, forms, help and docs are derived from it. */
export type Arg = ArgBase &
  /**
   * `long`: its field has several lines. `max`: characters, 2,000 if not given. `isName`: characters that nobody can see
   * are refused.
   */
  (
    | { kind: 'text'; long?: true; max?: number; isName?: true }
    /** The text of a file. `max`: characters, 1,000,000 if not given. */
    | { kind: 'file'; max?: number }
    /** `synonyms`: other words for a choice, as people say them. `labels`: what a list shows, if the word alone is not plain. */
    | {
        kind: 'choice';
        choices: readonly string[];
        synonyms?: ReadonlyMap<string, string>;
        labels?: ChoiceLabels;
      }
    | { kind: 'choices'; choices: readonly string[]; labels?: ChoiceLabels }
    | { kind: 'number'; min: number; max: number }
    /** `future`: "friday" is the next one; `past`: the latest one. `moment`: a clock time may be given. */
    | { kind: 'date'; tense: 'past' | 'future'; moment?: true }
    | { kind: 'time' }
    | { kind: 'duration' }
    | { kind: 'zone' }
    /** `add`: a partner that is not known yet can be added. */
    | { kind: 'partner'; add?: true }
    /**
     * `add`: a mentioned user need not be a member yet; the command makes them one. `past`: also takes somebody who has
     * left; other args refuse them.
     */
    | { kind: 'member'; add?: true; past?: true }
    /** Somebody at a partner who is kept: by name, or by name and partner. `past`: also somebody who is nowhere any more. */
    | { kind: 'person'; past?: true }
    /** An open follow-up, by its `#id` or by words of its title and partner. `of`: the only ones that are offered. */
    | { kind: 'followup'; of?: OfferedFollowups }
    /** Who may read something private: `yes`, or people by name. */
    | { kind: 'readers' }
    | { kind: 'channel' }
    /** People of the workspace: those with a role, as Discord has them, or those in a channel, as on Slack. */
    | { kind: 'role' }
    | { kind: 'flag' }
  );

/** Follow-ups that repeat, or what others promised us. */
export type OfferedFollowups = 'repeating' | 'theirs';

/** What lists show for choices, by choice. */
export type ChoiceLabels = Readonly<Record<string, string>>;

/** How many characters a text and a file may have, unless the arg has its own limit. */
export const MAX_TEXT_LENGTH = 2000;
export const MAX_FILE_LENGTH = 1_000_000;

/** How many characters the value of an arg may have, typed in one box; undefined: that depends on what is there. */
export function maxLengthOf(arg: Arg): number | undefined {
  switch (arg.kind) {
    case 'text':
      return arg.max ?? MAX_TEXT_LENGTH;
    case 'followup':
      return MAX_TEXT_LENGTH;
    case 'partner':
      return MAX_PARTNER_NAME_LENGTH;
    case 'person':
      return MAX_PERSON_NAME_LENGTH + ' at '.length + MAX_PARTNER_NAME_LENGTH;
    case 'date':
    case 'time':
    case 'duration':
    case 'zone':
      return MAX_DATE_LENGTH;
    default:
      return undefined;
  }
}

/** What a list shows for a choice. */
export function choiceLabel(choice: string, labels: ChoiceLabels | undefined): string {
  return labels?.[choice] ?? capitalize(choice);
}

export interface Args {
  readonly [name: string]: Arg;
}

/** A role or a channel of a workspace, by the platform's ids. */
export interface RoleRef {
  platform: string;
  workspace: string;
  /** The id of the role or channel. */
  role: string;
  isChannel: boolean;
}

export interface MemberRef {
  id: string;
  name: string;
}

/**
 * Who may read something: everybody, the people who are named, or (with nobody named) those who coordinate. The author
 * always may.
 */
export type ReadersRef = 'everybody' | readonly MemberRef[];

interface ValueByKind {
  text: string;
  file: string;
  number: number;
  date: When;
  /** Minutes since local midnight. */
  time: number;
  /** ISO 8601, in days, weeks, months or years: `P6W`. */
  duration: string;
  /** An IANA name. */
  zone: string;
  partner: PartnerRef;
  member: MemberRef;
  person: PersonRef;
  readers: ReadersRef;
  /** The `#id` or the words, which `resolveFollowup` looks up. */
  followup: string;
  channel: ChannelRef;
  role: RoleRef;
  flag: boolean;
}

/** The typed value of an arg. */
type ValueOf<A extends Arg> = A extends { kind: 'choice'; choices: readonly (infer C)[] }
  ? C
  : A extends { kind: 'choices'; choices: readonly (infer C)[] }
    ? C[]
    : A extends { kind: infer K extends keyof ValueByKind }
      ? ValueByKind[K]
      : never;

/** The typed values of declared args. A needed one is never undefined; `none` is null. */
export type Values<S extends Args> = {
  readonly [K in keyof S]:
    | ValueOf<S[K]>
    | (S[K] extends { needed: true } ? never : undefined)
    | (S[K] extends { clearable: true } ? null : never);
};

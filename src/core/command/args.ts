import type { When } from '../dates/when.ts';
import type { PartnerRef } from '../domain/partners/partner.ts';
import type { ChannelRef } from '../message/address.ts';

/** What every arg may say of itself. */
interface ArgBase {
  /** One line for help, the reference and Discord's option description (100 characters at most). */
  summary: string;
  /** The question its box in the form asks. An arg without one is not in the form: it has a default. */
  ask?: string;
  /** Other names it may be typed by (`due` for `by`). */
  aliases?: readonly string[];
  /** Without it the command opens its form. */
  needed?: true;
  /** `none` takes the value away. */
  clearable?: true;
}

/** An arg, declared as data; help, validation, options, forms, text grammar and docs are derived from it. */
export type Arg = ArgBase &
  (
    | { kind: 'text'; long?: true /** Characters; default 2,000. */; max?: number }
    | { kind: 'file' /** Characters; default 1,000,000. */; max?: number }
    | { kind: 'choice'; choices: readonly string[] }
    | { kind: 'choices'; choices: readonly string[] }
    | { kind: 'number'; min: number; max: number }
    /** `future`: "friday" is the coming one; `past`: the last one. `moment`: a clock time may be given. */
    | { kind: 'date'; tense: 'past' | 'future'; moment?: true }
    | { kind: 'time' }
    | { kind: 'duration' }
    | { kind: 'zone' }
    /** `add`: an unknown name may be added on the spot. */
    | { kind: 'partner'; add?: true }
    /** `add`: whoever is mentioned need not be a member yet; the command makes them one. */
    | { kind: 'member'; add?: true }
    | { kind: 'channel' }
    /** A role of the workspace it is said in, as its platform has them. */
    | { kind: 'role' }
    | { kind: 'flag' }
  );

export interface Args {
  readonly [name: string]: Arg;
}

/** A role of a workspace on a platform. */
export interface RoleRef {
  platform: string;
  workspace: string;
  role: string;
}

export interface MemberRef {
  id: string;
  name: string;
}

interface ValueByKind {
  text: string;
  file: string;
  number: number;
  date: When;
  /** Minutes since midnight. */
  time: number;
  /** ISO 8601, of days, weeks, months or years: `P6W`. */
  duration: string;
  zone: string;
  partner: PartnerRef;
  member: MemberRef;
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

/** The typed values of declared args: needed ones are there, others may be undefined, `none` is null. */
export type Values<S extends Args> = {
  readonly [K in keyof S]:
    | ValueOf<S[K]>
    | (S[K] extends { needed: true } ? never : undefined)
    | (S[K] extends { clearable: true } ? null : never);
};

import type { RawArgs } from './invocation.ts';

/** What an arg takes, and so what its box is filled in with. */
export type ArgKind =
  | 'text'
  | 'file'
  | 'choice'
  | 'choices'
  | 'number'
  | 'date'
  | 'time'
  | 'duration'
  | 'zone'
  | 'partner'
  | 'member'
  | 'channel'
  | 'role'
  | 'flag';

/** One box of a form. */
export interface Field {
  name: string;
  label: string;
  kind: ArgKind;
  /** Several lines. */
  long: boolean;
  needed: boolean;
  hint: string;
  value: string;
  /** For kinds that are picked from a short list. */
  options?: readonly { value: string; label: string }[];
  /** What is wrong with the value, after a failed try. */
  problem?: string;
}

/** A form: at most five boxes, derived from a command's args. What has no box is kept and comes back with it. */
export interface Form {
  command: string;
  title: string;
  fields: readonly Field[];
  kept: RawArgs;
  submit: string;
}

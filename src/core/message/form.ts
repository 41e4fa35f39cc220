import type { RawArgs } from './invocation.ts';

/** The kinds of args. A platform chooses the input for a field by its kind. */
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
  | 'person'
  | 'readers'
  | 'followup'
  | 'channel'
  | 'role'
  | 'flag';

/** One input of a form. */
export interface Field {
  /** The name of the arg. */
  name: string;
  label: string;
  kind: ArgKind;
  /** The input has several lines. */
  long: boolean;
  needed: boolean;
  /** How many characters the command takes, if it is typed. */
  maxLength?: number;
  hint: string;
  value: string;
  /** The options to pick from, if the kind has a short list. */
  options?: readonly { value: string; label: string }[];
  /** What is wrong with the value that was submitted. */
  problem?: string;
}

/** The form of a command. */
export interface Form {
  command: string;
  /** What it is for, in a few words. */
  title: string;
  /** At most five. */
  fields: readonly Field[];
  /** Fields for platforms that can show more than five. Their values are in `kept` too, for the other platforms. */
  moreFields?: readonly Field[];
  /** Args without one of the five fields: the platform keeps them and sends them along with the fields. */
  kept: RawArgs;
  /** The label of the submit button. */
  submit: string;
}

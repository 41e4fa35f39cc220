import type { Field } from '../../core/message/form.ts';
import type { InlineNode } from '../../core/message/rich-text.ts';

// The JSON that the server sends and the page reads; docs/playground.md describes it.

/** A node of rich text. What somebody typed is only data in it, never markup. */
export type InlineNodeView = Exclude<InlineNode, { term: string }>;

/** A button. Its id is all that `press` needs: it names the message too. */
export interface ButtonView {
  id: string;
  label: string;
  style?: 'primary' | 'danger';
}

export type BlockView =
  | { kind: 'text' | 'note'; text: readonly InlineNodeView[] }
  | { kind: 'row'; text: readonly InlineNodeView[]; buttons: readonly ButtonView[] }
  | { kind: 'buttons'; buttons: readonly ButtonView[] };

export type FieldView = Field;

export interface FormView {
  id: string;
  title: string;
  submit: string;
  fields: readonly FieldView[];
}

export interface ReplyView {
  text: readonly InlineNodeView[];
  card: readonly BlockView[];
  /** Every button of the card, in reading order. */
  buttons: readonly ButtonView[];
  form?: FormView;
}

/** The response of say, press and submit. */
export interface AnswerView {
  reply: ReplyView;
  /** The reply as plain text. */
  text: string;
}

/** A message as one member sees it. `at` is ISO 8601. */
export interface MessageView {
  id: string;
  place: string;
  /** A member's id, or `convenor`. */
  from: string;
  at: string;
  text: string;
  buttons: readonly ButtonView[];
  /** True when nobody else sees it. */
  onlyYou: boolean;
  /** What Convenor said; null where a member did. */
  reply: ReplyView | null;
  /** The file that came with it. */
  file?: FileView;
}

export interface FileView {
  name: string;
  /** Where to download it. */
  url: string;
}

/** Counters of a place, for badges and to see when to load it again. */
export interface Activity {
  /** How many messages others have written there. */
  received: number;
  /** Changes whenever a message there is new or has changed. */
  revision: number;
}

/** A pretend member. */
export interface MemberView {
  id: string;
  name: string;
  role: string;
  /** IANA name. */
  zone: string;
  /** By place id. */
  activity: { readonly [place: string]: Activity };
}

export interface PlaceView {
  id: string;
  name: string;
  direct: boolean;
}

export interface StateView {
  partnership: string;
  now: string;
  members: readonly MemberView[];
  places: readonly PlaceView[];
}

/** A suggestion while a line is being typed. */
export interface CompletionView {
  /** The whole line once this suggestion is taken. */
  line: string;
  label: string;
  summary: string;
}

/** The text of a file, or what is wrong with it and what to do. */
export type ReadFileView = { text: string } | { problem: string };

import type { Field } from '../../core/message/form.ts';
import type { InlineNode } from '../../core/message/rich-text.ts';

// The playground's JSON, as the server writes it and the page reads it: see docs/playground.md.

/** One piece of rich text. Whatever a person typed is only ever data in it. */
export type PieceView = InlineNode;

/** A button; its id names the message it stands on, so that pressing it needs nothing else. */
export interface ButtonView {
  id: string;
  label: string;
  style?: 'primary' | 'danger';
}

export type BlockView =
  | { kind: 'text' | 'note'; text: readonly PieceView[] }
  | { kind: 'row'; text: readonly PieceView[]; buttons: readonly ButtonView[] }
  | { kind: 'buttons'; buttons: readonly ButtonView[] };

/** One box of a form. */
export type FieldView = Field;

export interface FormView {
  id: string;
  title: string;
  submit: string;
  fields: readonly FieldView[];
}

export interface ReplyView {
  text: readonly PieceView[];
  card: readonly BlockView[];
  /** Every button of the card, in reading order. */
  buttons: readonly ButtonView[];
  form?: FormView;
}

/** What say, press and submit answer. */
export interface AnswerView {
  reply: ReplyView;
  /** The reply as plain text. */
  text: string;
}

/** A message as one member sees it. */
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
}

/** What has happened in a place, for badges and for knowing when to read it again. */
export interface Activity {
  /** Messages there from anybody else, since the start. */
  heard: number;
  /** Moves whenever something there is new or has changed. */
  changed: number;
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

/** One way to go on with a line being typed. */
export interface CompletionView {
  /** The whole line when this one is taken. */
  line: string;
  label: string;
  summary: string;
}

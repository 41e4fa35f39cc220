import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Field, Form } from '../../core/message/form.ts';
import type { RawArgs } from '../../core/message/invocation.ts';
import { type About, carried, readCarried } from './asked/about.ts';
import { boxOf } from './box.ts';
import { type BoxState, valueIn } from './box-state.ts';
import { LONGEST_CAPTION, LONGEST_INPUT, LONGEST_TEXT, LONGEST_TITLE } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

export type { About } from './asked/about.ts';

/** A submitted view, as a `view_submission` payload has it. */
export interface SubmittedView {
  callback_id: string;
  private_metadata: string;
  state: { values: Readonly<Record<string, Readonly<Record<string, BoxState>>>> };
}

/** What a submitted form asks for. */
export interface Submitted {
  command: string;
  args: RawArgs;
  about: About;
}

/** What a box's block id and a modal's callback id begin with; the name of the arg and of the command follow. */
const BOX = 'box.';
const FORM = 'form.';
/** What a box's action id begins with: whether something stood in it, and emptying it is a change. */
const FILLED = 'filled.';
const EMPTY = 'empty.';

/** A form as a modal, within Slack's limits. Args that have no box and are too long to be carried get a box too. */
export function modalOf(form: Form, about: About, reader: ReaderContext): ModalView {
  const { metadata, left } = carried(about, form.kept);
  const fields = [...form.fields, ...Object.entries(left).map(keptField)];
  const title = titleOf(form);
  return {
    type: 'modal',
    callback_id: `${FORM}${form.command}`,
    private_metadata: metadata,
    title: plainText(title, LONGEST_TITLE),
    submit: plainText(form.submit, LONGEST_TITLE),
    close: plainText('Cancel', LONGEST_TITLE),
    blocks: [
      ...(title === form.title ? [] : [sentence(form.title)]),
      ...fields.flatMap((field) => fieldBlocks(field, about, reader)),
    ],
  };
}

/** A modal to open at once, while the form is being made: `views.update` puts the form in its place. */
export function waitingModal(title: string): ModalView {
  return {
    type: 'modal',
    title: plainText(title, LONGEST_TITLE),
    close: plainText('Cancel', LONGEST_TITLE),
    blocks: [sentence('One moment…')],
  };
}

/**
 * Reads a submitted modal back: what was kept, and what the boxes hold. A box that was and is empty is left out; an
 * emptied one is ''. @returns undefined for a view that is not a form.
 */
export function submitted(view: SubmittedView): Submitted | undefined {
  const read = readCarried(view.private_metadata);
  if (!read || !view.callback_id.startsWith(FORM)) return undefined;
  const boxes = Object.entries(view.state.values).flatMap(([block, actions]) => {
    const [action, state] = Object.entries(actions)[0] ?? [];
    if (!block.startsWith(BOX) || action === undefined || !state) return [];
    const value = valueIn(state);
    const told = value.trim() !== '' || action.startsWith(FILLED);
    return told ? [[block.slice(BOX.length), value.trim() === '' ? '' : value] as const] : [];
  });
  const command = view.callback_id.slice(FORM.length);
  return { command, args: { ...read.kept, ...Object.fromEntries(boxes) }, about: read.about };
}

/** What `response_action: 'errors'` takes: a sentence for each box with a problem. @returns undefined where none has one. */
export function problemsOf(form: Form): Record<string, string> | undefined {
  const problems = form.fields.flatMap(({ name, problem }) =>
    problem ? [[`${BOX}${name}`, problem] as const] : [],
  );
  return problems.length > 0 ? Object.fromEntries(problems) : undefined;
}

/** The arg that an `external_select` is filled in for. @returns undefined for what is not a box of a form. */
export function boxAsked(suggestion: {
  block_id: string;
  view: { callback_id: string };
}): { command: string; arg: string } | undefined {
  const { block_id: block, view } = suggestion;
  if (!block.startsWith(BOX) || !view.callback_id.startsWith(FORM)) return undefined;
  return { command: view.callback_id.slice(FORM.length), arg: block.slice(BOX.length) };
}

/** The summary where it is short enough, else the command's name. */
function titleOf({ title, command }: Form): string {
  if (title.length <= LONGEST_TITLE) return title;
  return `${command.charAt(0).toUpperCase()}${command.slice(1)}`;
}

function sentence(text: string): KnownBlock {
  return { type: 'section', text: plainText(text, LONGEST_TEXT) };
}

/** A problem that stands when the form opens is said above its box. */
function fieldBlocks(field: Field, about: About, reader: ReaderContext): readonly KnownBlock[] {
  const box = inputBlock(field, about, reader);
  return field.problem ? [sentence(field.problem), box] : [box];
}

function inputBlock(field: Field, { place }: About, reader: ReaderContext): InputBlock {
  const { name, label, needed, hint, value } = field;
  const id = `${value.trim() === '' ? EMPTY : FILLED}${name}`;
  const tooLong = value.length > LONGEST_INPUT;
  return {
    type: 'input',
    block_id: `${BOX}${name}`,
    label: plainText(label, LONGEST_CAPTION),
    element: boxOf({ ...field, value: value.trim() === '' ? '' : value }, id, {
      reader,
      channel: place.channel,
    }),
    optional: !needed,
    ...(tooLong || hint ? { hint: plainText(tooLong ? CUT : hint, LONGEST_CAPTION) } : {}),
  };
}

const CUT = `Only the first ${LONGEST_INPUT.toLocaleString('en-GB')} characters have room here.`;

function keptField([name, value]: [string, string]): Field {
  const label = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { name, label, kind: 'text', long: true, needed: false, hint: '', value };
}

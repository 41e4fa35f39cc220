import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Field, Form } from '../../../core/message/form.ts';
import type { Place, RawArgs } from '../../../core/message/invocation.ts';
import {
  dateFromParts,
  dateParts,
  extraField,
  submittedValue,
  truncatedHint,
} from '../../shared/form.ts';
import type { RequestedCommand } from '../../shared/request.ts';
import { fieldInput } from './field-input.ts';
import { chosenFile, fileBlock, fileBlockId, fileProblem } from './file-input.ts';
import {
  MAX_FIELD_LABEL_LENGTH,
  MAX_INPUT_LENGTH,
  MAX_METADATA_BYTES,
  MAX_TEXT_LENGTH,
  MAX_TITLE_LENGTH,
} from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** Where a form was asked for, so that its answer can go there. It travels in the view's `private_metadata`. */
export interface FormOrigin {
  place: Place;
  /** The message whose button asked for the form. The answer may replace it. */
  message?: { channel: string; ts: string } | { responseUrl: string };
  /** The button is in the App Home, and so will the answer be. */
  home?: true;
  /** Takes an answer as a message of its own, also in channels that the bot is not in. */
  responseUrl?: string;
  /** The thread that it was asked for in. */
  thread?: string;
  /** Whether files can be chosen; undefined: not known. `declined`: what a file's field says if they cannot. */
  files?: { declined?: string };
}

/** A submitted view, as in a `view_submission` payload. */
export interface SubmittedView {
  callback_id: string;
  private_metadata: string;
  state: { values: Readonly<Record<string, Readonly<Record<string, FieldState>>>> };
}

/** The value of one field of a submitted view: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export interface FieldState {
  value?: string | null | undefined;
  selected_option?: { value?: string } | null | undefined;
  selected_options?: readonly { value?: string }[] | null | undefined;
  selected_user?: string | null | undefined;
  selected_conversation?: string | null | undefined;
  selected_date?: string | null | undefined;
  selected_time?: string | null | undefined;
  files?: readonly { id: string }[] | null | undefined;
}

/** Prefixes of a field's block id (before the arg's name) and of a modal's callback id (before the command's name). */
const FIELD = 'box.';
const FORM = 'form.';
/** Prefix of the block id of the calendar beside a date's words. The end of its action id is the day that it showed. */
const DAY = 'day.';
/** Prefixes of a field's action id: whether it held a value when the form opened. */
const FILLED = 'filled.';
const EMPTY = 'empty.';

/** A form as a modal, within Slack's limits. Args that have no field and are too long for the metadata get a field. */
export function modalOf(form: Form, origin: FormOrigin, reader: ReaderContext): ModalView {
  const { metadata, tooLong } = encodeMetadata(origin, form.kept);
  const extra = Object.entries(tooLong).map(([name, value]) => extraField(name, value));
  return {
    type: 'modal',
    callback_id: `${FORM}${form.command}`,
    private_metadata: metadata,
    title: plainText(form.title, MAX_TITLE_LENGTH),
    submit: plainText(form.submit, MAX_TITLE_LENGTH),
    close: plainText('Cancel', MAX_TITLE_LENGTH),
    blocks: [...form.fields, ...extra].flatMap((field) =>
      field.kind === 'file'
        ? fileBlocks(field, origin, reader)
        : fieldBlocks(field, origin, reader),
    ),
  };
}

/** A modal to open at once, while the form is being made. `views.update` replaces it by the form. */
export function loadingModal(title: string): ModalView {
  return {
    type: 'modal',
    title: plainText(title, MAX_TITLE_LENGTH),
    close: plainText('Cancel', MAX_TITLE_LENGTH),
    blocks: [sentence('One moment…')],
  };
}

/** An answer in a modal that is already open. */
export function messageModal(blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Convenor' },
    close: { type: 'plain_text', text: 'Close' },
    blocks,
  };
}

/**
 * Reads a submitted modal: its kept args and its fields. An empty field is left out, unless it was emptied: then its
 * value is ''.
 * @returns undefined if the view is not a form. `errors`: what is wrong with it, as `response_action: 'errors'` takes it.
 */
export function readForm(
  view: SubmittedView,
): (RequestedCommand & { origin: FormOrigin; errors?: Record<string, string> }) | undefined {
  const metadata = decodeMetadata(view.private_metadata);
  if (!metadata || !view.callback_id.startsWith(FORM)) return undefined;
  const { values: blocks } = view.state;
  const errors: Record<string, string> = {};
  const values = Object.entries(blocks).flatMap(([block, actions]) => {
    const [action, state] = Object.entries(actions)[0] ?? [];
    if (!block.startsWith(FIELD) || action === undefined || !state) return [];
    const name = block.slice(FIELD.length);
    const file = chosenFile(blocks, name);
    const words = fieldValue(state);
    const problem = fileProblem(blocks, name, words);
    if (problem !== undefined) errors[block] = problem;
    const filled = file ?? withPickedDay(words, blocks[`${DAY}${name}`]);
    const value = submittedValue(filled, action.startsWith(FILLED));
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    command: view.callback_id.slice(FORM.length),
    args: { ...metadata.kept, ...Object.fromEntries(values) },
    origin: metadata.origin,
    ...(Object.keys(errors).length > 0 && { errors }),
  };
}

/**
 * The problems of a form's fields, as `response_action: 'errors'` takes them; undefined if there are none.
 * @param files the fields for which a file was chosen.
 */
export function formErrors(
  form: Form,
  files: readonly string[] = [],
): Record<string, string> | undefined {
  const problems = form.fields.flatMap(({ name, problem }) =>
    problem
      ? [[files.includes(name) ? fileBlockId(name) : `${FIELD}${name}`, problem] as const]
      : [],
  );
  return problems.length > 0 ? Object.fromEntries(problems) : undefined;
}

/** The arg that somebody is choosing a value for in an `external_select`; undefined if it is not a field of a form. */
export function autocompletedField(query: {
  block_id: string;
  view: { callback_id: string };
}): { command: string; arg: string } | undefined {
  const { block_id: block, view } = query;
  if (!block.startsWith(FIELD) || !view.callback_id.startsWith(FORM)) return undefined;
  return { command: view.callback_id.slice(FORM.length), arg: block.slice(FIELD.length) };
}

/** The raw value of a submitted field: text as typed, users and channels as mentions. '' if nothing is filled in. */
function fieldValue(state: FieldState): string {
  if (state.selected_user) return `<@${state.selected_user}>`;
  if (state.selected_conversation) return `<#${state.selected_conversation}>`;
  if (state.selected_time) return state.selected_time;
  if (state.selected_options) return state.selected_options.map(({ value }) => value).join(', ');
  return state.selected_option?.value ?? state.value ?? '';
}

/** The value of a date, by its words and its calendar. */
function withPickedDay(words: string, calendar: SubmittedView['state']['values'][string] = {}) {
  const [action, state] = Object.entries(calendar)[0] ?? [];
  if (action === undefined) return words;
  return dateFromParts(words, state?.selected_date ?? undefined, action.slice(DAY.length));
}

function sentence(text: string): KnownBlock {
  return { type: 'section', text: plainText(text, MAX_TEXT_LENGTH) };
}

/** A field, with its problem above it: Slack shows errors at fields only after a form is submitted. */
function fieldBlocks(
  field: Field,
  origin: FormOrigin,
  reader: ReaderContext,
): readonly KnownBlock[] {
  const inputs =
    field.kind === 'date' ? dateBlocks(field, origin, reader) : [inputBlock(field, origin, reader)];
  return field.problem ? [sentence(field.problem), ...inputs] : inputs;
}

/** A date is typed in words, or picked from a calendar. Neither is needed by itself: core says so if both are empty. */
function dateBlocks(field: Field, origin: FormOrigin, reader: ReaderContext): KnownBlock[] {
  const { name, value } = field;
  const { day = '', words } = dateParts(value);
  const block = inputBlock({ ...field, value: words, needed: false }, origin, reader);
  const wasFilled = value.trim() !== '';
  return [
    { ...block, element: { ...block.element, action_id: `${wasFilled ? FILLED : EMPTY}${name}` } },
    {
      type: 'input',
      block_id: `${DAY}${name}`,
      label: plainText('Or pick a day', MAX_FIELD_LABEL_LENGTH),
      element: {
        type: 'datepicker',
        action_id: `${DAY}${day}`,
        ...(day === '' ? {} : { initial_date: day }),
      },
      optional: true,
    },
  ];
}

/**
 * A file is chosen, or its text is pasted: neither is needed by itself. A modal shows no file that was chosen before.
 */
function fileBlocks(
  field: Field,
  origin: FormOrigin,
  reader: ReaderContext,
): readonly KnownBlock[] {
  const declined = origin.files?.declined;
  const sentences = [field.problem, declined].flatMap((text) => (text ? [sentence(text)] : []));
  const pasted = { ...field, label: 'Paste the list', needed: false };
  if (!origin.files || declined !== undefined)
    return [...sentences, inputBlock(pasted, origin, reader)];
  const value = field.value.length > MAX_INPUT_LENGTH ? '' : field.value;
  const beside = { ...pasted, label: 'Or paste it', value };
  return [...sentences, fileBlock(field), inputBlock(beside, origin, reader)];
}

function inputBlock(field: Field, { place }: FormOrigin, reader: ReaderContext): InputBlock {
  const { name, label, needed, value } = field;
  const isEmpty = value.trim() === '';
  const hint = value.length > MAX_INPUT_LENGTH ? truncatedHint(MAX_INPUT_LENGTH) : field.hint;
  return {
    type: 'input',
    block_id: `${FIELD}${name}`,
    label: plainText(label, MAX_FIELD_LABEL_LENGTH),
    element: fieldInput(
      { ...field, value: isEmpty ? '' : value },
      `${isEmpty ? EMPTY : FILLED}${name}`,
      { reader, channel: place.channel },
    ),
    optional: !needed,
    ...(hint ? { hint: plainText(hint, MAX_FIELD_LABEL_LENGTH) } : {}),
  };
}

interface FormMetadata {
  origin: FormOrigin;
  kept: RawArgs;
}

/** The metadata of a form. @returns `tooLong`: the longest args, if there is no room for all. */
function encodeMetadata(origin: FormOrigin, kept: RawArgs): { metadata: string; tooLong: RawArgs } {
  const args = Object.entries(kept).sort(([, a], [, b]) => a.length - b.length);
  const tooLong: typeof args = [];
  const encode = () =>
    JSON.stringify({ origin, kept: Object.fromEntries(args) } satisfies FormMetadata);
  while (args.length > 0 && Buffer.byteLength(encode()) > MAX_METADATA_BYTES) {
    tooLong.unshift(...args.splice(-1));
  }
  return { metadata: encode(), tooLong: Object.fromEntries(tooLong) };
}

/** @returns undefined if the metadata is not that of a form. */
function decodeMetadata(metadata: string): FormMetadata | undefined {
  try {
    const read: Partial<FormMetadata> | null = JSON.parse(metadata);
    return read?.origin && read.kept ? { origin: read.origin, kept: read.kept } : undefined;
  } catch {
    return undefined;
  }
}

import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  ComponentType,
} from 'discord.js';
import { idOfButton, readButtonId, VERSION } from '../../core/message/button-id.ts';
import type { Field, Form } from '../../core/message/form.ts';
import { boxOf, type From } from './box.ts';
import { type BoxState, valueIn } from './box-state.ts';
import { escaped } from './escape.ts';
import {
  LONGEST_CAPTION,
  LONGEST_HINT,
  LONGEST_INPUT,
  LONGEST_TITLE,
  MOST_BOXES,
} from './limits.ts';
import { plainText } from './plain-text.ts';
import type { Said } from './slash/said.ts';
import type { ReaderContext } from './text.ts';

/** A submitted modal, as an interaction has it. */
export interface SubmittedModal {
  customId: string;
  /** Labels with their boxes; texts have none. */
  components: readonly { component?: BoxState }[];
}

/** What a modal's id begins with, where a button's has its version; the command and its kept args follow. */
const FORM = 'form';
/** What a box's id begins with: whether something stood in it, and emptying it is a change. The name of the arg follows. */
const FILLED = 'filled';
const EMPTY = 'empty';

/**
 * A form as a modal, within Discord's limits: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
 * Core keeps what has no box short enough for the modal's id.
 */
export function modalOf(
  form: Form,
  reader: ReaderContext,
  from: From,
): APIModalInteractionResponseCallbackData {
  const { command, kept, fields } = form;
  const title = titleOf(form);
  const room = MOST_BOXES - fields.length;
  const long = fields.find(({ problem = '' }) => room > 0 && problem.length > LONGEST_HINT);
  const tellsMore = fields.length === 0 || (title !== form.title && room > (long ? 1 : 0));
  return {
    custom_id: idOfButton({ command, args: kept }).replace(VERSION, FORM),
    title: plainText(title, LONGEST_TITLE),
    components: [
      ...(tellsMore ? [sentence(form.title)] : []),
      ...fields.flatMap((field) => {
        const { problem, hint } = field;
        // What a label has no room for stands beneath it.
        if (field === long) return [labelOf(field, '', reader, from), sentence(problem ?? '')];
        return [labelOf(field, problem ?? hint, reader, from)];
      }),
    ],
  };
}

/**
 * Reads a submitted modal back: what was kept, and what the boxes hold. A box that was and is empty is left out; an
 * emptied one is ''. @returns undefined for a modal that is not a form.
 */
export function submitted({ customId, components }: SubmittedModal): Said | undefined {
  const read = customId.startsWith(`${FORM}.`)
    ? readButtonId(customId.replace(FORM, VERSION))
    : undefined;
  if (!read) return undefined;
  const args: Record<string, string> = { ...read.args };
  const files: Record<string, string> = {};
  for (const { component: box } of components) {
    const [stood, name] = box?.customId.split('.') ?? [];
    if (!box || name === undefined || (stood !== FILLED && stood !== EMPTY)) continue;
    const value = valueIn(box);
    if (box.type === ComponentType.FileUpload) {
      if (value !== '') files[name] = value;
    } else if (value.trim() !== '') args[name] = value;
    else if (stood === FILLED) args[name] = '';
  }
  return { command: read.command, args, files };
}

/** The summary where it is short enough, else the command's name. */
function titleOf({ title, command }: Form): string {
  if (title.length <= LONGEST_TITLE) return title;
  return `${command.charAt(0).toUpperCase()}${command.slice(1)}`;
}

function sentence(text: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: escaped(text).trim() || '…' };
}

/**
 * A box with its question: a modal cannot be told more once it stands.
 * @param about what is wrong with it, or what it is for.
 */
function labelOf(
  field: Field,
  about: string,
  reader: ReaderContext,
  from: From,
): APILabelComponent {
  const { name, label } = field;
  const value = field.value.trim() === '' ? '' : field.value;
  const id = `${value === '' ? EMPTY : FILLED}.${name}`;
  const component = boxOf({ ...field, value }, id, reader, from);
  const isCut = component.type === ComponentType.TextInput && value.length > LONGEST_INPUT;
  const told = isCut ? CUT : about;
  return {
    type: ComponentType.Label,
    label: plainText(label, LONGEST_CAPTION),
    ...(told === '' ? {} : { description: plainText(wholeOf(told), LONGEST_HINT) }),
    component,
  };
}

/** As many whole sentences as a label has room for. */
function wholeOf(text: string): string {
  if (text.length <= LONGEST_HINT) return text;
  const ends = ['. ', '! ', '? '].map((mark) => text.lastIndexOf(mark, LONGEST_HINT - 1));
  const end = Math.max(...ends);
  return end < 0 ? text : text.slice(0, end + 1);
}

const CUT = `Only the first ${LONGEST_INPUT.toLocaleString('en-GB')} characters have room here.`;

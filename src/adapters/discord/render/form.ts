import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  ComponentType,
} from 'discord.js';
import { idOfButton, readButtonId, VERSION } from '../../../core/message/button-id.ts';
import type { Field, Form } from '../../../core/message/form.ts';
import { submittedValue, truncatedHint } from '../../shared/form.ts';
import type { RequestedCommand } from '../../shared/request.ts';
import { escapeMarkdown } from './escape.ts';
import { type FormPlace, fieldInput } from './field-input.ts';
import {
  MAX_FIELD_DESCRIPTION_LENGTH,
  MAX_FIELD_LABEL_LENGTH,
  MAX_FIELDS,
  MAX_INPUT_LENGTH,
  MAX_TITLE_LENGTH,
} from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** A command that somebody asks for. The values of some of its args are in attached files. */
export interface CommandWithFiles extends RequestedCommand {
  /** The ids of the attached files, by arg. */
  files: { readonly [arg: string]: string };
}

/** A submitted modal, as in an interaction. */
export interface SubmittedModal {
  customId: string;
  /** Labels with their inputs. Texts have no input. */
  components: readonly { component?: FieldState }[];
}

/** The value of one field of a submitted modal: https://discord.com/developers/docs/components/reference#label-label-interaction-response-structure */
export interface FieldState {
  type: ComponentType;
  customId: string;
  value?: string | null | undefined;
  values?: readonly string[] | undefined;
}

/** The first part of a modal's id, in place of the version in a button's id. The command and its kept args follow. */
const FORM = 'form';
/** Prefixes of a field's id, before the arg's name: whether it held a value when the form opened. */
const FILLED = 'filled';
const EMPTY = 'empty';

/**
 * A form as a modal, within Discord's limits: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
 * Core keeps the args that have no field short enough for the modal's id.
 */
export function modalOf(
  form: Form,
  reader: ReaderContext,
  place: FormPlace,
): APIModalInteractionResponseCallbackData {
  const { command, kept, fields } = form;
  const free = MAX_FIELDS - fields.length;
  const long = fields.find(
    ({ problem = '' }) => free > 0 && problem.length > MAX_FIELD_DESCRIPTION_LENGTH,
  );
  return {
    custom_id: idOfButton({ command, args: kept }).replace(VERSION, FORM),
    title: plainText(form.title, MAX_TITLE_LENGTH),
    components: [
      ...(fields.length === 0 ? [sentence(form.title)] : []),
      ...fields.flatMap((field) => {
        const { problem, hint } = field;
        // A problem that is too long for the label is a text below it.
        if (field === long) return [labelOf(field, '', reader, place), sentence(problem ?? '')];
        return [labelOf(field, problem ?? hint, reader, place)];
      }),
    ],
  };
}

/**
 * Reads a submitted modal: its kept args and its fields. An empty field is left out, unless it was emptied: then its
 * value is ''.
 * @returns undefined if the modal is not a form.
 */
export function readForm({ customId, components }: SubmittedModal): CommandWithFiles | undefined {
  const form = customId.startsWith(`${FORM}.`)
    ? readButtonId(customId.replace(FORM, VERSION))
    : undefined;
  if (!form) return undefined;
  const args: Record<string, string> = { ...form.args };
  const files: Record<string, string> = {};
  for (const { component: field } of components) {
    const [state, name] = field?.customId.split('.') ?? [];
    if (!field || name === undefined || (state !== FILLED && state !== EMPTY)) continue;
    const isFile = field.type === ComponentType.FileUpload;
    const value = submittedValue(fieldValue(field), !isFile && state === FILLED);
    if (value !== undefined) (isFile ? files : args)[name] = value;
  }
  return { command: form.command, args, files };
}

/** The raw value of a submitted field: text as typed, users, channels and roles as mentions. '' if nothing is filled in. */
function fieldValue({ type, value, values = [] }: FieldState): string {
  const [id = ''] = values;
  if (id === '') return value ?? '';
  switch (type) {
    case ComponentType.UserSelect:
      return `<@${id}>`;
    case ComponentType.ChannelSelect:
      return `<#${id}>`;
    case ComponentType.RoleSelect:
      return `<@&${id}>`;
    default:
      return values.join(', ');
  }
}

function sentence(text: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: escapeMarkdown(text).trim() || '…' };
}

/**
 * A field with its label. An open modal cannot show errors, so a problem is part of the label.
 * @param description the field's problem, or what it is for.
 */
function labelOf(
  field: Field,
  description: string,
  reader: ReaderContext,
  place: FormPlace,
): APILabelComponent {
  const { name, label } = field;
  const value = field.value.trim() === '' ? '' : field.value;
  const id = `${value === '' ? EMPTY : FILLED}.${name}`;
  const component = fieldInput({ ...field, value }, id, reader, place);
  const isCut = component.type === ComponentType.TextInput && value.length > MAX_INPUT_LENGTH;
  const shown = isCut ? truncatedHint(MAX_INPUT_LENGTH) : description;
  return {
    type: ComponentType.Label,
    label: plainText(label, MAX_FIELD_LABEL_LENGTH),
    ...(shown && { description: plainText(firstSentences(shown), MAX_FIELD_DESCRIPTION_LENGTH) }),
    component,
  };
}

/** As many whole sentences as fit into a description. */
function firstSentences(text: string): string {
  if (text.length <= MAX_FIELD_DESCRIPTION_LENGTH) return text;
  const ends = ['. ', '! ', '? '].map((mark) =>
    text.lastIndexOf(mark, MAX_FIELD_DESCRIPTION_LENGTH - 1),
  );
  const end = Math.max(...ends);
  return end < 0 ? text : text.slice(0, end + 1);
}

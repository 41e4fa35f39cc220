import type { Directory } from '../domain/directory/directory.ts';
import { isActiveCoordinator, memberLabels } from '../domain/members/member.ts';
import type { Field, Form } from '../message/form.ts';
import { FORM, type RawArgs, WORDS } from '../message/invocation.ts';
import { type Arg, choiceLabel, maxLengthOf } from './args.ts';
import type { Command } from './command.ts';

/** How many fields every platform can show. Discord allows five components in a modal: https://discord.com/developers/docs/components/reference#label */
const MAX_FIELDS = 5;
/** How many coordinators a hint names. */
const MAX_NAMES_IN_HINT = 4;

/** Whether a command's form has to open before it runs: a needed arg is missing, or {@link FORM} is set. */
export function needsForm(command: Command, args: RawArgs): boolean {
  const typed = (args[WORDS] ?? '').trim() !== '';
  const missing = Object.entries(command.args).filter(([name, arg]) => arg.needed && !args[name]);
  // The open follow-ups are offered on buttons first.
  if (!typed && args[FORM] === undefined && missing.some(([, arg]) => arg.kind === 'followup'))
    return false;
  // A form cannot ask for an arg without a field: the command then says what is missing.
  if (!typed && missing.some(([, arg]) => arg.ask === undefined)) return false;
  if (!hasFields(command, args)) return false;
  return args[FORM] !== undefined || (!typed && missing.length > 0);
}

/** The args that a form asks for: not for a follow-up that was picked already, unless it is the problem. */
function argsWithField(
  { args }: Command,
  given: RawArgs,
  problem?: string,
): [name: string, arg: Arg][] {
  return Object.entries(args).filter(
    ([name, arg]) => arg.ask !== undefined && !isPicked(arg, given[name], problem === name),
  );
}

/** Whether the form of a command has anything to fill in. */
export const hasFields = (command: Command, given: RawArgs): boolean =>
  argsWithField(command, given).length > 0;

/**
 * The form of a command.
 * @param args the values of the fields. Typed words must be parsed into args before.
 * @param problem what is wrong with the value of an arg.
 */
export function formOf(
  command: Command,
  args: RawArgs,
  directory: Directory,
  problem?: { arg: string; text: string },
): Form {
  const withField = argsWithField(command, args, problem?.arg);
  const shown = new Set(withField.slice(0, MAX_FIELDS).map(([name]) => name));
  const kept = Object.entries(args).filter(
    ([name]) => !shown.has(name) && name !== FORM && name !== WORDS,
  );
  const fields = withField.map(([name, arg]) => ({
    name,
    label: arg.ask ?? arg.summary,
    kind: arg.kind,
    long: arg.kind === 'file' || (arg.kind === 'text' && arg.long === true),
    needed: arg.needed === true,
    hint: hintOf(arg, directory),
    value: fieldValue(arg, args[name] ?? '', directory),
    ...withMaxLength(maxLengthOf(arg)),
    ...optionsOf(arg, directory),
    ...(problem?.arg === name ? { problem: problem.text } : {}),
  }));
  const moreFields = fields.slice(MAX_FIELDS);
  return {
    command: command.name,
    title: command.title ?? command.summary,
    fields: fields.slice(0, MAX_FIELDS),
    ...(moreFields.length > 0 ? { moreFields } : {}),
    kept: Object.fromEntries(kept),
    submit: command.submit ?? 'Save',
  };
}

const withMaxLength = (maxLength: number | undefined): Pick<Field, 'maxLength'> =>
  maxLength === undefined ? {} : { maxLength };

/** Whether a follow-up was picked already: the form does not ask again. */
function isPicked(arg: Arg, value = '', isProblem: boolean): boolean {
  return arg.kind === 'followup' && value.startsWith('#') && !isProblem;
}

/** What a field is for. For something private, it says who can read it, before it is saved. */
function hintOf(arg: Arg, directory: Directory): string {
  if (arg.kind !== 'readers') return arg.hint ?? arg.summary;
  const names = directory.members.filter(isActiveCoordinator).map(({ name }) => name);
  const more = names.length - MAX_NAMES_IN_HINT;
  const shown = [...names.slice(0, MAX_NAMES_IN_HINT), ...(more > 0 ? [`${more} more`] : [])];
  return shown.length === 0
    ? 'Leave empty for you alone, or name who can'
    : `Leave empty for you and who coordinates (${shown.join(', ')}), or name who can`;
}

/** Raw args have partners by id; a field shows the name. Nobody is shown an id, also of what is gone. */
function fieldValue(arg: Arg, raw: string, directory: Directory): string {
  if (!raw.startsWith('#')) return raw;
  if (arg.kind === 'partner') return directory.partner(raw.slice(1))?.name ?? '';
  if (arg.kind === 'person') return directory.person(raw.slice(1))?.name ?? '';
  if (arg.kind === 'member') return directory.member(raw.slice(1))?.active ? raw : '';
  return raw;
}

function optionsOf(arg: Arg, directory: Directory): Pick<Field, 'options'> {
  if (arg.kind === 'choice' || arg.kind === 'choices') {
    const { choices, labels } = arg;
    return {
      options: choices.map((choice) => ({ value: choice, label: choiceLabel(choice, labels) })),
    };
  }
  if (arg.kind === 'member') {
    const active = directory.members.filter((member) => member.active);
    const labels = memberLabels(active);
    return {
      options: active.map(({ id, name }, index) => ({
        value: `#${id}`,
        label: labels[index] ?? name,
      })),
    };
  }
  return {};
}

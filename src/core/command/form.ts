import type { Directory } from '../domain/directory/directory.ts';
import type { Field, Form } from '../message/form.ts';
import { FORM, type RawArgs, WORDS } from '../message/invocation.ts';
import type { Arg } from './args.ts';
import type { Command } from './command.ts';

/** Discord shows at most five components in a modal: https://discord.com/developers/docs/components/reference#label */
const MOST_FIELDS = 5;

/** Whether the form must open first. Pure, since Slack's trigger and Discord's modal must be the first answer. */
export function needsForm(command: Command, args: RawArgs): boolean {
  const typed = (args[WORDS] ?? '').trim() !== '';
  const lacking = Object.entries(command.args).filter(([name, arg]) => arg.needed && !args[name]);
  // What has no box cannot be asked for in a form: a sentence asks for it.
  if (!typed && lacking.some(([, arg]) => arg.ask === undefined)) return false;
  return args[FORM] !== undefined || (!typed && lacking.length > 0);
}

/** The form of a command with what is known filled in. `args` are raw, typed words already read into them. */
export function formOf(
  command: Command,
  args: RawArgs,
  directory: Directory,
  problem?: { arg: string; text: string },
): Form {
  const boxes = Object.entries(command.args)
    .filter(([, arg]) => arg.ask !== undefined)
    .slice(0, MOST_FIELDS);
  const shown = new Set(boxes.map(([name]) => name));
  const kept = Object.entries(args).filter(
    ([name]) => !shown.has(name) && name !== FORM && name !== WORDS,
  );
  return {
    command: command.name,
    title: command.summary,
    fields: boxes.map(([name, arg]) => ({
      name,
      label: arg.ask ?? arg.summary,
      kind: arg.kind,
      long: arg.kind === 'file' || (arg.kind === 'text' && arg.long === true),
      needed: arg.needed === true,
      hint: arg.summary,
      value: readable(arg, args[name] ?? '', directory),
      ...optionsOf(arg, directory),
      ...(problem?.arg === name ? { problem: problem.text } : {}),
    })),
    kept: Object.fromEntries(kept),
    submit: 'Save',
  };
}

/** Buttons carry partners and members by id; a box shows a name. */
function readable(arg: Arg, raw: string, directory: Directory): string {
  if (!raw.startsWith('#')) return raw;
  if (arg.kind === 'partner') return directory.partner(raw.slice(1))?.name ?? raw;
  return raw;
}

function optionsOf(arg: Arg, directory: Directory): Pick<Field, 'options'> {
  if (arg.kind === 'choice' || arg.kind === 'choices') {
    return { options: arg.choices.map((choice) => ({ value: choice, label: choice })) };
  }
  if (arg.kind === 'member') {
    const active = directory.members.filter((member) => member.active);
    return { options: active.map((member) => ({ value: `#${member.id}`, label: member.name })) };
  }
  return {};
}

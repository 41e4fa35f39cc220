import { formOf, hasFields } from '../command/form.ts';
import type { Form } from '../message/form.ts';
import { FORM, type RawArgs, WORDS } from '../message/invocation.ts';
import { type Reply, say } from '../message/reply.ts';
import { commandLine, plainText, type RichText, rich } from '../message/rich-text.ts';
import { Question, StateError, UserError } from '../message/user-error.ts';
import { suggestFollowups } from '../parsing/pick-followup.ts';
import { resolveArgs } from '../parsing/resolve.ts';
import type { Answer } from '../ports/platform.ts';
import type { Stores } from '../ports/store.ts';
import { type CommandContext, expandTypedArgs, resolveContextOf } from './command-context.ts';
import { privately } from './privately.ts';

interface FormDeps {
  stores: Stores;
}

/** The command's form with the values known so far. */
export async function openForm(context: CommandContext, deps: FormDeps): Promise<Answer> {
  const { command, directory } = context;
  const values = await formValues(context, deps);
  const form = formOf(command, values, directory, markedField(context, values));
  const reply = privately(say(rich`Tell me a little more.`));
  return { ...reply, form: await withFollowups(form, context, deps) };
}

/** The field that a Fix button names, and why its value was not taken. */
function markedField(
  context: CommandContext,
  values: RawArgs,
): { arg: string; text: string } | undefined {
  const arg = context.invocation.args[FORM];
  if (arg === undefined || !Object.hasOwn(context.command.args, arg)) return undefined;
  try {
    resolveArgs(context.command, values, resolveContextOf(context));
  } catch (error) {
    if (error instanceof UserError && error.arg === arg)
      return { arg, text: problemText(error.text, context.zone) };
    if (!(error instanceof UserError || error instanceof Question)) throw error;
  }
  // The value can be read, but the command did not take it. Only a run says why.
  return { arg, text: 'Please look at this again.' };
}

/** What is set now, and the args given so far. */
async function formValues(context: CommandContext, { stores }: FormDeps): Promise<RawArgs> {
  const { command, invocation } = context;
  const store = stores.forPartnership(invocation.partnership);
  const current = await command.prefill?.(invocation.args, { ...context, store });
  return { ...current, ...expandTypedArgs(context) };
}

/**
 * The answer to a mistake of the user. After typed words it is a sentence with a Fix button that opens the form; after a
 * submitted form it is the form with the sentence at its field. Everything that was typed is kept.
 */
export async function fieldError(
  context: CommandContext,
  error: UserError,
  deps: FormDeps,
): Promise<Answer> {
  const { command, invocation, directory, zone } = context;
  if (error instanceof StateError || !canFixInForm(context, error.arg))
    return privately(say(error.text));
  const args = expandTypedArgs(context);
  const fix = {
    label: 'Fix',
    command: command.name,
    args: { ...args, [FORM]: error.arg ?? 'yes' },
  };
  const reply: Reply = { text: error.text, card: [{ kind: 'buttons', buttons: [fix] }] };
  if (invocation.args[WORDS] !== undefined || error.arg === undefined) return privately(reply);
  const problem = { arg: error.arg, text: problemText(error.text, zone) };
  const values = await formValues(context, deps).catch((reason: unknown) => {
    // What it would change is gone. The words come back all the same.
    if (reason instanceof StateError) return args;
    throw reason;
  });
  const form = formOf(command, values, directory, problem);
  return { ...privately(reply), form: await withFollowups(form, context, deps) };
}

/** A sentence at a field, which is plain text: the commands in it are quoted, as somebody says them to the bot. */
function problemText(text: RichText, zone: string): string {
  const quoted = text.map((node) =>
    'command' in node ? { text: `"${commandLine(node)}"` } : node,
  );
  return plainText(quoted, zone);
}

/** How many follow-ups a list has. Of more, one is found by its words. */
const MAX_LISTED_FOLLOWUPS = 100;

/** The form with the open follow-ups to pick from, if it asks for one. */
async function withFollowups(
  form: Form,
  context: CommandContext,
  { stores }: FormDeps,
): Promise<Form> {
  const asked = form.fields.map(({ name }) => context.command.args[name]);
  const arg = asked.find((one) => one?.kind === 'followup');
  if (!arg) return form;
  const store = stores.forPartnership(context.invocation.partnership);
  const found = await suggestFollowups('', MAX_LISTED_FOLLOWUPS + 1, { ...context, store }, arg.of);
  if (found.length > MAX_LISTED_FOLLOWUPS) return form;
  const fields = form.fields.map((field) =>
    field.kind === 'followup' ? { ...field, options: found, hint: '' } : field,
  );
  return { ...form, fields };
}

/** Whether a form helps to correct an arg: it has fields, and one for this arg if the arg is needed. */
function canFixInForm({ command, invocation }: CommandContext, name: string | undefined): boolean {
  const arg = name === undefined ? undefined : command.args[name];
  return hasFields(command, invocation.args) && !(arg?.needed && arg.ask === undefined);
}

import { derivedId } from '../base/id.ts';
import type { Call, Command, Deps } from '../command/command.ts';
import { formOf, needsForm } from '../command/form.ts';
import { dayOf } from '../dates/day.ts';
import type { Member } from '../domain/members/member.ts';
import { namesChanged } from '../domain/partnerships/names-version.ts';
import { type CommandReceipt, saveReceipt } from '../domain/receipts/receipt.ts';
import { noteSeen } from '../domain/receipts/seen.ts';
import { trackChanges } from '../domain/receipts/track-changes.ts';
import { tellInBrief } from '../features/briefs/tell-in-brief.ts';
import { BRIEF, FORM, ONCE, REPLACE, WORDS } from '../message/invocation.ts';
import { type Audience, type Reply, say } from '../message/reply.ts';
import { plainText, rich } from '../message/rich-text.ts';
import { Question, UserError } from '../message/user-error.ts';
import { resolveArgs } from '../parsing/resolve.ts';
import type { Answer } from '../ports/platform.ts';
import type { Stores } from '../ports/store.ts';
import { type CommandContext, expandTypedArgs } from './command-context.ts';

export interface ExecuteDeps {
  stores: Stores;
  commands: Deps['commands'];
  /** Tells the sweep that something may be due at once. */
  wake(): void;
}

/**
 * Runs a command, or opens its form, or says what keeps it from running. A command that saves no receipt leaves a note
 * that its member was here, since somebody who only looks has not ignored their briefs.
 * @throws what is no fault of the user's, such as a store out of reach.
 */
export async function executeCommand(context: CommandContext, deps: ExecuteDeps): Promise<Answer> {
  const { command, invocation, member, now } = context;
  let hasReceipt = false;
  try {
    if (!context.existingReceipt && needsForm(command, invocation.args)) {
      return await openForm(context, deps);
    }
    const reply = await replyTo(context, deps);
    hasReceipt = command.writes === true;
    const { [REPLACE]: replace, [ONCE]: shared } = invocation.args;
    const replaces = reply.replaces ?? (replace !== undefined || shared !== undefined);
    return { reply: { ...reply, replaces }, audience: command.audience };
  } catch (error) {
    if (error instanceof Question) return privately(error.reply);
    if (error instanceof UserError) return fieldError(context, error);
    throw error;
  } finally {
    const { partnership, unasked } = invocation;
    if (!hasReceipt && !unasked) {
      await noteSeen(deps.stores, { partnership, member: member.id, at: now });
    }
  }
}

/** The reply where it belongs: a button in a brief is answered in that brief; a form opens on its own. */
export async function placeReply(
  { reply, form }: Answer,
  context: CommandContext,
  { stores }: ExecuteDeps,
): Promise<Reply> {
  const brief = context.invocation.args[BRIEF];
  if (brief === undefined || form) return reply;
  const store = stores.forPartnership(context.invocation.partnership);
  return tellInBrief(brief, reply, { ...context, store, today: dayOf(context.now, context.zone) });
}

/** Refusals, questions and forms are for the one who asked, whatever the command's audience. */
export function privately(reply: Reply): Answer {
  const audience: Audience = 'actor';
  return { reply, audience };
}

/** The form of a command, with what is known already. */
async function openForm(context: CommandContext, { stores }: ExecuteDeps): Promise<Answer> {
  const { command, invocation, directory, member } = context;
  const store = stores.forPartnership(invocation.partnership);
  const present = await command.prefill?.(invocation.args, { store, directory, member });
  const form = formOf(command, { ...present, ...expandTypedArgs(context) }, directory);
  return { ...privately(say(rich`Tell me a little more.`)), form };
}

/** The answer of the existing receipt, else what the command now says. */
function replyTo(context: CommandContext, deps: ExecuteDeps): Promise<Reply> | Reply {
  const { existingReceipt, member, command } = context;
  if (existingReceipt) return answerOf(existingReceipt, member);
  return command.writes ? runAndSaveReceipt(context, deps) : run(context, deps);
}

async function runAndSaveReceipt(context: CommandContext, deps: ExecuteDeps): Promise<Reply> {
  const { invocation, command, member, now } = context;
  const store = trackChanges(deps.stores, invocation.partnership);
  const reply = await run(context, deps, store, store.global);
  const receipt = await saveReceipt(deps.stores, {
    id: context.receipt,
    partnership: invocation.partnership,
    command: command.name,
    actor: member.id,
    at: now,
    answer: { reply, audience: command.audience },
    changes: store.changes(),
  });
  return answerOf(receipt, member);
}

async function run(
  context: CommandContext,
  { stores, commands, wake }: ExecuteDeps,
  store = stores.forPartnership(context.invocation.partnership),
  global: Deps['global'] = stores.global,
): Promise<Reply> {
  const { command, invocation, partnership, directory, member, now, zone } = context;
  const { place, profiles } = invocation;
  const id = (label: string) => derivedId(invocation.partnership, context.key, label);
  const resolveContext = { ...context, place, profiles, id };
  const { values, raw } = resolveArgs(command, invocation.args, resolveContext);
  const call: Call = {
    args: values,
    raw,
    member,
    place,
    receipt: context.receipt,
    now,
    zone,
    today: dayOf(now, zone),
  };
  return command.run(call, {
    store,
    stores,
    global,
    partnership,
    directory,
    commands,
    now,
    id,
    wake,
    namesChanged: () => namesChanged(stores.forPartnership(invocation.partnership)),
  });
}

/**
 * What to mend. Typed words get a sentence with a Fix button that opens the form; a submitted form comes back with the
 * sentence at its field. Everything that was typed is kept.
 */
function fieldError(context: CommandContext, error: UserError): Answer {
  const { command, invocation, directory, zone } = context;
  if (!hasBoxFor(command, error.arg)) return privately(say(error.text));
  const args = expandTypedArgs(context);
  const fix = { label: 'Fix', command: command.name, args: { ...args, [FORM]: 'yes' } };
  const reply: Reply = { text: error.text, card: [{ kind: 'buttons', buttons: [fix] }] };
  if (invocation.args[WORDS] !== undefined || error.arg === undefined) return privately(reply);
  const problem = { arg: error.arg, text: plainText(error.text, zone) };
  return { ...privately(reply), form: formOf(command, args, directory, problem) };
}

/** Whether a form helps to mend an arg: it has boxes at all, and one for this arg if the command needs it. */
function hasBoxFor({ args }: Command, name: string | undefined): boolean {
  const arg = name === undefined ? undefined : args[name];
  const hasBoxes = Object.values(args).some(({ ask }) => ask !== undefined);
  return hasBoxes && !(arg?.needed && arg.ask === undefined);
}

/** The answer that a receipt keeps, for the member it was given to. */
function answerOf({ actor, answer }: CommandReceipt, member: Member): Reply {
  return actor === member.id ? answer.reply : say(rich`That has been done already.`);
}

import { derivedId } from '../base/id.ts';
import type { Call, Command, Deps } from '../command/command.ts';
import { formOf, needsForm } from '../command/form.ts';
import { dayOf } from '../dates/day.ts';
import type { Member } from '../domain/members/member.ts';
import { namesChanged } from '../domain/partnerships/partnership.ts';
import { recordActivity } from '../domain/receipts/activity.ts';
import { type CommandReceipt, saveReceipt } from '../domain/receipts/receipt.ts';
import { trackChanges } from '../domain/receipts/track-changes.ts';
import { updateBrief } from '../features/briefs/update-brief.ts';
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
  /** Starts a sweep now, since something may be due at once. */
  wake(): void;
}

/**
 * Runs a command, opens its form, or says what the user has to correct. If no receipt is saved, notes that the member
 * was seen, so that somebody who only reads does not count as ignoring their briefs.
 * @throws errors that are not the user's, such as a store that cannot be reached.
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
    const { partnership, automatic } = invocation;
    if (!hasReceipt && !automatic) {
      await recordActivity(deps.stores, { partnership, member: member.id, at: now });
    }
  }
}

/** Puts the reply to a button of a brief into that brief. Other replies and forms stay as they are. */
export async function placeReply(
  { reply, form }: Answer,
  context: CommandContext,
  { stores }: ExecuteDeps,
): Promise<Reply> {
  const brief = context.invocation.args[BRIEF];
  if (brief === undefined || form) return reply;
  const store = stores.forPartnership(context.invocation.partnership);
  return updateBrief(brief, reply, { ...context, store, today: dayOf(context.now, context.zone) });
}

/** An answer for the actor alone. Refusals, questions and forms are always such, whatever the command's audience. */
export function privately(reply: Reply): Answer {
  const audience: Audience = 'actor';
  return { reply, audience };
}

/** The command's form with the values known so far. */
async function openForm(context: CommandContext, { stores }: ExecuteDeps): Promise<Answer> {
  const { command, invocation, directory, member } = context;
  const store = stores.forPartnership(invocation.partnership);
  const current = await command.prefill?.(invocation.args, { store, directory, member });
  const form = formOf(command, { ...current, ...expandTypedArgs(context) }, directory);
  return { ...privately(say(rich`Tell me a little more.`)), form };
}

/** The reply of the existing receipt, else of running the command. */
function replyTo(context: CommandContext, deps: ExecuteDeps): Promise<Reply> | Reply {
  const { existingReceipt, member, command } = context;
  if (existingReceipt) return replyOfReceipt(existingReceipt, member);
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
  return replyOfReceipt(receipt, member);
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
 * The answer to a mistake of the user. After typed words it is a sentence with a Fix button that opens the form; after a
 * submitted form it is the form with the sentence at its field. Everything that was typed is kept.
 */
function fieldError(context: CommandContext, error: UserError): Answer {
  const { command, invocation, directory, zone } = context;
  if (!canFixInForm(command, error.arg)) return privately(say(error.text));
  const args = expandTypedArgs(context);
  const fix = { label: 'Fix', command: command.name, args: { ...args, [FORM]: 'yes' } };
  const reply: Reply = { text: error.text, card: [{ kind: 'buttons', buttons: [fix] }] };
  if (invocation.args[WORDS] !== undefined || error.arg === undefined) return privately(reply);
  const problem = { arg: error.arg, text: plainText(error.text, zone) };
  return { ...privately(reply), form: formOf(command, args, directory, problem) };
}

/** Whether a form helps to correct an arg: it has fields, and one for this arg if the arg is needed. */
function canFixInForm({ args }: Command, name: string | undefined): boolean {
  const arg = name === undefined ? undefined : args[name];
  const hasFields = Object.values(args).some(({ ask }) => ask !== undefined);
  return hasFields && !(arg?.needed && arg.ask === undefined);
}

/** The reply that a receipt keeps. Only the member who gave the command sees it. */
function replyOfReceipt({ actor, answer }: CommandReceipt, member: Member): Reply {
  return actor === member.id ? answer.reply : say(rich`That has been done already.`);
}

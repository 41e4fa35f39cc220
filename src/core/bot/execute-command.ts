import { withTimeoutOrThrow } from '../async/with-timeout.ts';
import type { Call, Deps } from '../command/command.ts';
import { needsForm } from '../command/form.ts';
import { dayOf } from '../dates/day.ts';
import { viewerOf } from '../domain/members/visibility.ts';
import { namesChanged } from '../domain/partnerships/partnership.ts';
import type { Activity } from '../domain/receipts/activity.ts';
import { isAnswerHiddenFrom } from '../domain/receipts/answer-visibility.ts';
import type { Change } from '../domain/receipts/change.ts';
import { type CommandReceipt, existingReceipt, receipts } from '../domain/receipts/receipt.ts';
import { unitOfWork } from '../domain/unit-of-work/unit-of-work.ts';
import { ONCE, REPLACE } from '../message/invocation.ts';
import { type Reply, say } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { BeingSentError, Question, UserError } from '../message/user-error.ts';
import { askWhichFollowup } from '../parsing/pick-followup.ts';
import { resolveArgs, textQuestion } from '../parsing/resolve.ts';
import type { Answer } from '../ports/platform.ts';
import { type New, StoreError, type Stores } from '../ports/store.ts';
import { type CommandContext, readAgain, resolveContextOf } from './command-context.ts';
import { fieldError, openForm } from './command-form.ts';
import { privately } from './privately.ts';
import { storeCutOffAnswer, storeFailureAnswer } from './store-failure.ts';

export interface ExecuteDeps {
  stores: Stores;
  commands: Deps['commands'];
  erasureRecords?: Deps['erasureRecords'];
  /** Without it, nothing is known of channels. */
  postingProblem?: Deps['postingProblem'];
  /** Starts a sweep now, since something may be due at once. */
  wake(): void;
  /** Waits for some ms. */
  pause(ms: number): Promise<unknown>;
  /** Notes that a member used the bot. Never throws. */
  recordActivity(activity: Activity): Promise<void>;
}

/**
 * How the use of a command ended: with its reply; a form or a question came first; the user has to correct something;
 * they may not use it; the store failed; something else did.
 */
export type CommandOutcome =
  | 'answered'
  | 'form'
  | 'question'
  | 'invalid'
  | 'refused'
  | 'unavailable'
  | 'failed';

/** The answer to a command, and how it ended. */
export interface Executed {
  answer: Answer;
  outcome: CommandOutcome;
  /** The arg that the user has to correct, if the answer asks for one. */
  arg?: string | undefined;
}

/**
 * Runs a command, opens its form, or says what the user has to correct, or that the store fails. If no receipt is saved,
 * notes that the member was seen, so that somebody who only reads does not count as ignoring their briefs.
 * @throws errors that are neither the user's nor the store's.
 */
export async function executeCommand(
  context: CommandContext,
  deps: ExecuteDeps,
): Promise<Executed> {
  const { command, invocation, member, now } = context;
  const executed = await execute(context, deps);
  const { outcome } = executed;
  const hasReceipt = command.writes === true && outcome === 'answered';
  if (!hasReceipt && !invocation.automatic && outcome !== 'unavailable') {
    const { partnership } = invocation;
    await deps.recordActivity({ partnership, member: member.id, at: now });
  }
  return executed;
}

async function execute(context: CommandContext, deps: ExecuteDeps): Promise<Executed> {
  const { command, invocation } = context;
  try {
    const screened = context.existingReceipt ? undefined : screen(context);
    if (screened) return { answer: privately(screened), outcome: 'question' };
    if (!context.existingReceipt && needsForm(command, invocation.args)) {
      return { answer: await openForm(context, deps), outcome: 'form' };
    }
    return { answer: answerOf(context, await replyTo(context, deps)), outcome: 'answered' };
  } catch (error) {
    if (error instanceof Question) {
      return { answer: privately(error.reply), outcome: 'question' };
    }
    if (error instanceof UserError) {
      return { answer: await fieldError(context, error, deps), outcome: 'invalid', arg: error.arg };
    }
    if (error instanceof StoreError) return storeFailure(context, error, deps);
    throw error;
  }
}

function screen({ command, invocation, ...context }: CommandContext): Reply | undefined {
  const spokenInPublic = invocation.spokenInPublic === true;
  return command.screen?.(invocation.args, { ...context, spokenInPublic });
}

function answerOf(context: CommandContext, reply: Reply): Answer {
  const { command, invocation, existingReceipt } = context;
  // A second press posts nothing.
  if (existingReceipt && command.audience === 'everyone')
    return privately(say(rich`Everybody here can see that already.`));
  const { [REPLACE]: replace, [ONCE]: shared } = invocation.args;
  const replaces = reply.replaces ?? (replace !== undefined || shared !== undefined);
  return { reply: { ...reply, replaces }, audience: command.audience };
}

/** The answer when the store failed. If the receipt is in the store, what the command wrote is there too. */
async function storeFailure(
  context: CommandContext,
  { trouble }: StoreError,
  { stores }: ExecuteDeps,
): Promise<Executed> {
  const { command, invocation } = context;
  const failed = (answer: Answer): Executed => ({ answer, outcome: 'unavailable' });
  try {
    const stored = command.writes && (await existingReceipt(stores, context.receipt));
    if (stored) {
      const reply = await replyOfReceipt(stored, context, stores);
      return { answer: answerOf(context, reply), outcome: 'answered' };
    }
  } catch {
    if (trouble === 'unreachable') return failed(storeCutOffAnswer(command, invocation.args));
  }
  return failed(storeFailureAnswer(trouble, command, invocation.args));
}

/** The reply of the existing receipt, else of running the command. */
function replyTo(context: CommandContext, deps: ExecuteDeps): Promise<Reply> | Reply {
  const { existingReceipt, command } = context;
  if (existingReceipt) return replyOfReceipt(existingReceipt, context, deps.stores);
  return afterSending(
    () =>
      command.writes
        ? runAndCommit(context, deps)
        : run(context, deps, writeDirectly(context, deps)),
    deps,
  );
}

/** How often a command is tried while a message about a row that it changes is being sent. */
const MAX_TRIES_WHILE_SENDING = 16;
/** In all 7.5 s: most sends end within 2 s, and an interrupted one within its lease of 5 s. */
const PAUSE_WHILE_SENDING_MS = 500;

/**
 * Runs a command again while a message about one of its rows is being sent, since that soon ends. It has stored nothing
 * by then, or only steps that can be repeated.
 * @throws BeingSentError if it takes long.
 */
async function afterSending(
  work: () => Promise<Reply>,
  { pause }: Pick<ExecuteDeps, 'pause'>,
): Promise<Reply> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BeingSentError) || tries === MAX_TRIES_WHILE_SENDING) throw error;
      await pause(PAUSE_WHILE_SENDING_MS);
    }
  }
}

/** How often a command runs, when others change the same rows while it does. */
const MAX_RUNS = 50;

/**
 * Runs a command, and stores what it writes together with its receipt. If somebody else changed one of the rows
 * meanwhile, it runs again, with the names as they are then: it has stored nothing yet, and writes rows with the same ids.
 */
async function runAndCommit(context: CommandContext, deps: ExecuteDeps): Promise<Reply> {
  const { stores } = deps;
  const { invocation, member } = context;
  const resolvedIds = new Map<string, string>();
  for (let runs = 0; runs < MAX_RUNS; runs++) {
    const current = runs === 0 ? context : ((await readAgain(context, stores)) ?? context);
    const unit = unitOfWork(stores, invocation.partnership, deps.wake);
    const reply = await run(current, deps, { ...unit, resolvedIds });
    const receipt = newReceipt(context, reply, unit.changes());
    await unit.recordHistory({ actor: member.id, at: context.now, key: context.receipt });
    if (await unit.commit({ partnership: undefined, declaration: receipts, insert: receipt }))
      return reply;
    const existing = await existingReceipt(stores, context.receipt);
    if (existing) return replyOfReceipt(existing, context, stores);
  }
  throw new Error('Others kept changing the rows that a command writes.');
}

function newReceipt(
  { receipt, invocation, command, member, now }: CommandContext,
  reply: Reply,
  changes: Change[],
): New<CommandReceipt> {
  return {
    id: receipt,
    partnership: invocation.partnership,
    command: command.name,
    actor: member.id,
    at: now,
    answer: { reply, audience: command.audience },
    changes,
    undoable: changes.length > 0,
  };
}

type WriteDeps = Pick<
  Deps,
  'store' | 'trackedGlobal' | 'untracked' | 'wake' | 'namesChanged' | 'resolvedIds'
>;

/** What a command without a receipt writes with: each write is stored at once. */
function writeDirectly(context: CommandContext, { stores, wake }: ExecuteDeps): WriteDeps {
  const store = stores.forPartnership(context.invocation.partnership);
  return {
    store,
    untracked: store,
    trackedGlobal: stores.global,
    wake,
    namesChanged: () => namesChanged(store),
    resolvedIds: new Map(),
  };
}

async function run(
  context: CommandContext,
  { stores, commands, erasureRecords, postingProblem }: ExecuteDeps,
  writeDeps: WriteDeps,
): Promise<Reply> {
  const { command, invocation, partnership, directory, member, now, zone } = context;
  const { place, channels, roles } = invocation;
  const resolveContext = resolveContextOf(context);
  const { values, raw, followupMissing } = resolveArgs(command, invocation.args, resolveContext);
  if (followupMissing !== undefined)
    throw await askWhichFollowup(command, followupMissing, raw, { ...context, ...writeDeps });
  const call: Call = {
    args: values,
    raw,
    member,
    place,
    spokenInPublic: invocation.spokenInPublic === true,
    channels,
    roles,
    receipt: context.receipt,
    now,
    zone,
    today: dayOf(now, zone),
  };
  const running = command.run(call, {
    ...writeDeps,
    stores,
    partnership,
    directory,
    commands,
    erasureRecords,
    postingProblem: (channel, how) => inTime(postingProblem?.(channel, how)),
    now,
    id: resolveContext.id,
  });
  return running.catch((error: unknown) => {
    throw textQuestion(error, command, invocation.args, context.key) ?? error;
  });
}

/** How long a platform may take to say whether Convenor may post in a channel (ms). */
const POSTING_PROBLEM_TIMEOUT_MS = 1_500;

const inTime = (asking: Promise<string | undefined> | undefined): Promise<string | undefined> =>
  withTimeoutOrThrow(POSTING_PROBLEM_TIMEOUT_MS, Promise.resolve(asking)).catch(() => undefined);

/** The reply that a receipt keeps. Only the member who gave the command sees it, unless it is hidden from them by now. */
async function replyOfReceipt(
  receipt: CommandReceipt,
  { member, directory }: Pick<CommandContext, 'member' | 'directory'>,
  stores: Stores,
): Promise<Reply> {
  const store = stores.forPartnership(receipt.partnership);
  const isTheirs = receipt.actor === member.id;
  const isHidden =
    !isTheirs || (await isAnswerHiddenFrom(viewerOf(member, directory), receipt, store));
  return isHidden ? say(rich`That has been done already.`) : receipt.answer.reply;
}

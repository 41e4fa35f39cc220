import { setTimeout } from 'node:timers/promises';
import { type FairQueue, fairQueue } from '../async/fair-queue.ts';
import type { RateLimit } from '../async/rate-limit.ts';
import type { Clock } from '../base/clock.ts';
import { derivedId } from '../base/id.ts';
import { errorFields, type Log } from '../base/log.ts';
import { withMissedMessages } from '../cards/missed-messages.ts';
import { withSetUpOffer } from '../cards/set-up-offer.ts';
import { withShowButton } from '../cards/show-button.ts';
import type { Commands } from '../command/command.ts';
import { needsForm } from '../command/form.ts';
import { refusal } from '../command/refusal.ts';
import { restoreRhythm } from '../domain/briefs/restore-rhythm.ts';
import { directoriesOf } from '../domain/directory/directory.ts';
import { identities, identityId } from '../domain/identities/identity.ts';
import { updateProfile } from '../domain/joining/join.ts';
import { fetchArgs, isStub, keepLongArgs } from '../domain/kept-args/kept-args.ts';
import { zoneOf } from '../domain/members/member.ts';
import { partnerships } from '../domain/partnerships/partnership.ts';
import { activityRecorder } from '../domain/receipts/activity.ts';
import { existingReceipt } from '../domain/receipts/receipt.ts';
import { noteProfile } from '../domain/standing/note-profile.ts';
import { standingOf } from '../domain/standing/standing.ts';
import { moveMergedPartnership } from '../features/linking/merge-partnership.ts';
import { FORM, type Invocation, ONCE } from '../message/invocation.ts';
import type { Reply } from '../message/reply.ts';
import { completeFollowup } from '../parsing/complete-followup.ts';
import { completeLine, MAX_COMPLETIONS } from '../parsing/complete-line.ts';
import { suggestChoices } from '../parsing/complete-value.ts';
import { parseLine } from '../parsing/parse-line.ts';
import type { ErasureRecords } from '../ports/erasure-records.ts';
import type { Adapter, Answer, Bot, Typist } from '../ports/platform.ts';
import { StoreError, type Stores, unlessStoreFails } from '../ports/store.ts';
import { authorizeInvocation } from './authorize-invocation.ts';
import { changeInWords } from './change-in-words.ts';
import { type CommandContext, expandTypedArgs } from './command-context.ts';
import { doneInWords } from './done-in-words.ts';
import { type CommandOutcome, type Executed, executeCommand } from './execute-command.ts';
import { lastQuestions } from './last-question.ts';
import { placeReply } from './place-reply.ts';
import { readPlainLine, typedLine } from './plain-line.ts';
import { privateFailure, privately } from './privately.ts';
import { storeFailureAnswer, tooManyAnswer, withoutLongArgs } from './store-failure.ts';
import { withPartnership } from './with-partnership.ts';

/** One use of a command, as an operator sees it. */
export interface CommandReport {
  /** The name of a declared command, or `unknown`: never what somebody typed. */
  command: string;
  platform: string;
  outcome: CommandOutcome;
  /** Ms until the answer was ready. */
  duration: number;
}

/** How many commands one person can give. Presses of buttons count, refreshed pages do not. */
export const COMMANDS_PER_MINUTE = { max: 60, periodMs: 60_000 };

export interface BotOptions {
  stores: Stores;
  clock: Clock;
  commands: Commands;
  log: Log;
  /** Starts a sweep now, since something may be due at once. */
  wake(): void;
  /** Waits for some ms, while a message about a row is being sent; undefined: by a timer. */
  pause?: (ms: number) => Promise<unknown>;
  /** Without it, nothing can be erased. */
  erasureRecords?: ErasureRecords;
  /** What keeps Convenor from posting in a channel. Without it, that turns out at the first post. */
  postingProblem?: Adapter['postingProblem'];
  /** Limits how much runs at once. */
  queue?: FairQueue;
  /** Limits how many commands one person can give. */
  commandLimit?: RateLimit;
  /** Called after each use of a command. */
  onCommand?: (report: CommandReport) => void;
}

/** Creates the bot: typed commands, pressed buttons and submitted forms go in, answers come out. */
export function createBot(options: BotOptions): Bot {
  const { stores, clock, commands, log } = options;
  const { run: enqueue } = options.queue ?? fairQueue();
  const directories = directoriesOf(stores);
  const { pause = setTimeout } = options;
  const executeDeps = { ...options, pause, recordActivity: activityRecorder(stores, log) };
  const read = async (context: CommandContext) =>
    (await executeCommand(context, executeDeps)).answer;
  const questions = lastQuestions(commands, clock);
  const listeners = new Set<(partnership: string) => void>();

  async function handle(invocation: Invocation): Promise<Answer> {
    const startedAt = clock.now().getTime();
    const { answer, outcome } = await answerOrExplain(invocation);
    options.onCommand?.({
      command: commands.has(invocation.command) ? invocation.command : 'unknown',
      platform: invocation.actor.platform,
      outcome,
      duration: Math.max(0, clock.now().getTime() - startedAt),
    });
    return answer;
  }

  /** Answers an invocation; if that fails, says so. Never throws. */
  async function answerOrExplain(invocation: Invocation): Promise<Executed> {
    const { partnership, command, args } = invocation;
    if (isOverLimit(invocation))
      return { answer: tooManyAnswer(commands.get(command), args), outcome: 'refused' };
    try {
      const { answer: given, outcome, arg } = await answer(invocation);
      const complete = invocation.withPartnership ? withPartnership(given, partnership) : given;
      questions.note(invocation, { answer: complete, outcome, arg });
      return await keepArgs({ answer: complete, outcome }, invocation);
    } catch (error) {
      if (error instanceof StoreError) {
        const failed = storeFailureAnswer(error.trouble, commands.get(command), args);
        return { answer: failed, outcome: 'unavailable' };
      }
      log.error({ command, ...errorFields(error) }, 'command failed');
      return { answer: privateFailure(refusal.broken()), outcome: 'failed' };
    }
  }

  function isOverLimit({ actor, key, automatic }: Invocation): boolean {
    if (!options.commandLimit || automatic) return false;
    const { platform, workspace, user } = actor;
    const person = JSON.stringify([platform, workspace, user]);
    return !options.commandLimit.take(person, key, clock.now());
  }

  /**
   * Puts long args into the store. If it fails, an answer that says what was done or found goes out without the buttons
   * that need them. A question or a form would be of no use without.
   */
  async function keepArgs(
    { answer, outcome }: Executed,
    invocation: Invocation,
  ): Promise<Executed> {
    const { partnership, key, actor } = invocation;
    try {
      const store = stores.forPartnership(partnership);
      const kept = await keepLongArgs(answer, { store, key, now: clock.now(), actor, commands });
      return { answer: kept, outcome };
    } catch (error) {
      if (!(error instanceof StoreError) || outcome !== 'answered') throw error;
      return { answer: withoutLongArgs(answer), outcome };
    }
  }

  /** Authorizes and executes the command, unless a receipt shows that it was executed before. */
  async function answer(invocation: Invocation): Promise<Executed> {
    const named = commands.get(invocation.command);
    const answered = named ? undefined : questions.answerTo(invocation, typedLine(invocation));
    if (answered) return answer({ ...invocation, command: answered.command, args: answered.args });
    // A line that names no command is read by everybody who may ask for help.
    const command = named ?? commands.get('help');
    if (!command) throw new Error('There is no command for help.');
    const store = stores.forPartnership(invocation.partnership);
    const key = invocation.args[ONCE] ?? invocation.key;
    const receipt = derivedId('receipt', invocation.partnership, key);
    const [stored, args, existing] = await Promise.all([
      store.of(partnerships).get(store.partnership),
      fetchArgs(invocation.args, store),
      command.writes ? existingReceipt(stores, receipt) : undefined,
    ]);
    if (stored?.mergedInto) {
      await moveMergedPartnership(stored, { stores, now: clock.now() });
      return answer({ ...invocation, partnership: stored.mergedInto });
    }
    const request = { ...invocation, args: args ?? {} };
    const authorized = await authorizeInvocation(
      { invocation: request, command, partnership: stored },
      { stores, directories, clock, commands, wake: options.wake },
    );
    if ('rejected' in authorized) return refused(authorized.rejected);
    if (!args) return refused(refusal.buttonExpired());
    const { partnership, directory } = authorized;
    if (!named) {
      const typed = typedLine(invocation);
      const said = { ...authorized, store, stores, now: clock.now() };
      const change = await changeInWords(typed, said);
      if (change) return answer({ ...invocation, ...change });
      const done = await doneInWords(typed, said);
      const line = readPlainLine({ ...said, invocation, commands, done });
      if ('means' in line) return answer({ ...invocation, ...line.means });
      const { reply, isUnclear } = line;
      const asked = { ...privately(reply), ...(isUnclear && { isUnclear }) };
      return { answer: asked, outcome: 'question' };
    }
    // `fewer` is about the rarer briefs themselves.
    const mayRestore = !invocation.automatic && command.name !== 'fewer';
    const member = mayRestore
      ? await unlessStoreFails(
          () => restoreRhythm(authorized.member, store),
          () => authorized.member,
        )
      : authorized.member;
    const context: CommandContext = {
      invocation: request,
      command,
      partnership,
      directory,
      member,
      now: clock.now(),
      zone: zoneOf(member, partnership),
      key,
      receipt,
      existingReceipt: existing,
    };
    const { answer: given, outcome, arg } = await executeCommand(context, executeDeps);
    if (outcome === 'unavailable') return { answer: given, outcome };
    const mayHaveWritten = (command.writes || command.writesWithoutReceipt) && !given.form;
    if (mayHaveWritten) for (const listener of listeners) listener(partnership.id);
    const reply = await unlessStoreFails(
      () => placeReply(given, context, { stores, commands, read }),
      () => given.reply,
    );
    const placed = { ...given, reply };
    const offered = await unlessStoreFails(
      () => withSetUpOffer(placed, { ...context, store }),
      () => placed,
    );
    const showable =
      outcome === 'answered' ? withShowButton(offered, context, expandTypedArgs(context)) : offered;
    const isPrivate = offered.audience === 'actor' || invocation.place.direct;
    const mayTell = isPrivate && !invocation.automatic && offered.reply.replaces !== true;
    const told = mayTell
      ? await unlessStoreFails(
          () => withMissedMessages(showable, { member, directory, store }),
          () => showable,
        )
      : showable;
    return { answer: told, outcome, arg };
  }

  const refused = (reply: Reply): Executed => ({ answer: privately(reply), outcome: 'refused' });

  const partnershipOf = (id: string) => stores.forPartnership(id).of(partnerships).get(id);

  /** Who is typing, and the names that they may see; undefined if they may see none. */
  async function readTypist({ partnership: id, actor, profile }: Typist) {
    const partnership = await partnershipOf(id);
    const directory = partnership && (await directories.of(partnership));
    if (!directory) return undefined;
    const standing = standingOf(actor, profile, directory);
    if (standing.is !== 'in') return undefined;
    const { member } = standing;
    const zone = zoneOf(member, partnership);
    const store = stores.forPartnership(partnership.id);
    return { partnership, directory, member, store, now: clock.now(), zone };
  }

  return {
    handle,
    enqueue,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    parseLine: (line) => parseLine(line, commands),
    mayNeedForm({ command, args }) {
      const known = commands.get(command);
      if (isStub(args)) return known !== undefined && args[FORM] !== undefined;
      return known !== undefined && needsForm(known, args);
    },
    async choices({ command, ...asked }) {
      const known = commands.get(command);
      const typing = known && (await readTypist(asked));
      return known && typing ? suggestChoices(known, asked, { ...typing, commands, stores }) : [];
    },
    async complete(line, typist) {
      const typing = await readTypist(typist);
      if (!typing) return [];
      const titles = await completeFollowup(line, { commands, ...typing });
      return [...titles, ...completeLine(line, commands, typing)].slice(0, MAX_COMPLETIONS);
    },
    async profileChanged(identity, profile) {
      const row = await stores.global(identities).get(identityId(identity));
      const partnership = row && (await partnershipOf(row.partnership));
      if (!partnership) return;
      const directory = await directories.of(partnership);
      const { wake } = options;
      const deps = { stores, partnership, directory, now: clock.now(), wake };
      const standing = await noteProfile(identity, profile, deps);
      if (standing.is === 'in')
        await updateProfile(standing.member, { identity, profile, automatic: true }, deps);
      if (standing.is === 'out' && standing.loss)
        for (const listener of listeners) listener(partnership.id);
    },
  };
}

import { type FairQueue, fairQueue } from '../async/fair-queue.ts';
import type { Clock } from '../base/clock.ts';
import { derivedId } from '../base/id.ts';
import { errorFields, type Log } from '../base/log.ts';
import { withSetUpOffer } from '../cards/set-up-offer.ts';
import type { Commands } from '../command/command.ts';
import { needsForm } from '../command/form.ts';
import { refusal } from '../command/refusal.ts';
import { directoryCache } from '../domain/directory/directory.ts';
import { fetchArgs, isStub, keepLongArgs } from '../domain/kept-args/kept-args.ts';
import { zoneOf } from '../domain/members/member.ts';
import { partnerships } from '../domain/partnerships/partnership.ts';
import { existingReceipt } from '../domain/receipts/receipt.ts';
import { moveMergedPartnership } from '../features/linking/merge-partnership.ts';
import { FORM, type Invocation, ONCE } from '../message/invocation.ts';
import { type Reply, say } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { nearest } from '../names/nearest.ts';
import { completeLine } from '../parsing/complete-line.ts';
import { suggestChoices } from '../parsing/complete-value.ts';
import { parseLine } from '../parsing/parse-line.ts';
import type { Answer, Bot } from '../ports/platform.ts';
import type { Stores } from '../ports/store.ts';
import { authorizeInvocation } from './authorize-invocation.ts';
import type { CommandContext } from './command-context.ts';
import { executeCommand, placeReply, privately } from './execute-command.ts';
import { withPartnership } from './with-partnership.ts';

export interface BotOptions {
  stores: Stores;
  clock: Clock;
  commands: Commands;
  log: Log;
  /** Starts a sweep now, since something may be due at once. */
  wake(): void;
  /** Limits how much runs at once. */
  queue?: FairQueue;
}

/** Creates the bot: typed commands, pressed buttons and submitted forms go in, answers come out. */
export function createBot(options: BotOptions): Bot {
  const { stores, clock, commands, log } = options;
  const { run: enqueue } = options.queue ?? fairQueue();
  const directories = directoryCache(stores);
  const listeners = new Set<(partnership: string) => void>();

  async function handle(invocation: Invocation): Promise<Answer> {
    try {
      const { partnership, key } = invocation;
      const given = await answer(invocation);
      const complete = invocation.withPartnership ? withPartnership(given, partnership) : given;
      return await keepLongArgs(complete, stores.forPartnership(partnership), key);
    } catch (error) {
      log.error({ command: invocation.command, ...errorFields(error) }, 'command failed');
      return privately(refusal.broken());
    }
  }

  /** Authorizes and executes the command, unless a receipt shows that it was executed before. */
  async function answer(invocation: Invocation): Promise<Answer> {
    const { actor, profiles } = invocation;
    if (profiles?.[actor.user]?.standing === 'guest') return privately(refusal.guest());
    const command = commands.get(invocation.command);
    if (!command) return privately(unknownCommand(invocation.command));
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
    if ('rejected' in authorized) return privately(authorized.rejected);
    if (!args) return privately(refusal.buttonExpired());
    const { partnership, directory, member } = authorized;
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
    const executed = await executeCommand(context, options);
    const mayHaveWritten = (command.writes || command.writesWithoutReceipt) && !executed.form;
    if (mayHaveWritten) for (const listener of listeners) listener(partnership.id);
    const placed = { ...executed, reply: await placeReply(executed, context, options) };
    return withSetUpOffer(placed, { ...context, store });
  }

  function unknownCommand(typed: string): Reply {
    const close = nearest(typed, [...commands.keys()]);
    const sorry = rich`I don't know "${typed.slice(0, 60)}". `;
    if (!close) return say(rich`${sorry}Type help to see what I can do.`);
    const button = { label: close, command: close, args: {} };
    return {
      text: rich`${sorry}Did you mean ${{ bold: close }}? Or type help.`,
      card: [{ kind: 'buttons', buttons: [button] }],
    };
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
    async choices({ partnership: id, actor, command, ...asked }) {
      const known = commands.get(command);
      const partnership = await stores.forPartnership(id).of(partnerships).get(id);
      if (!known || !partnership) return [];
      const directory = await directories.of(partnership);
      return directory.memberOf(actor)?.active ? suggestChoices(known, asked, directory) : [];
    },
    async complete(line, partnershipId) {
      const partnership = await stores
        .forPartnership(partnershipId)
        .of(partnerships)
        .get(partnershipId);
      return partnership ? completeLine(line, commands, await directories.of(partnership)) : [];
    },
  };
}

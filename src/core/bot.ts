import type { Clock } from './clock.ts';
import type { Commands } from './command.ts';
import { partnerships } from './features/settings/store.ts';
import { needsForm } from './form.ts';
import { derivedId } from './id.ts';
import { standingInbound } from './inbound.ts';
import { type Invocation, ONCE } from './invocation.ts';
import { fetchArgs, keepLongArgs } from './kept.ts';
import { errorFields, type Log } from './log.ts';
import { directoriesOver } from './names/directories.ts';
import { nearest } from './names/match.ts';
import type { Answer, Bot } from './ports.ts';
import { choicesFor } from './reading/choose.ts';
import { completions } from './reading/complete.ts';
import { readLine } from './reading/read-line.ts';
import { refusal } from './refusal.ts';
import { type Reply, say } from './reply.ts';
import { rich } from './rich-text.ts';
import { may } from './rights.ts';
import type { Scene } from './scene.ts';
import { privately, settling } from './settle.ts';
import type { Stores } from './store.ts';

export interface BotOptions {
  stores: Stores;
  clock: Clock;
  commands: Commands;
  log: Log;
  /** Tells the sweep that something may be due at once. */
  wake(): void;
}

/** The bot: one way in for typed commands, pressed buttons and submitted forms, one way out. It never throws. */
export function createBot(options: BotOptions): Bot {
  const { stores, clock, commands, log } = options;
  const directories = directoriesOver(stores);
  const { settle, placed } = settling(options);

  async function handle(invocation: Invocation): Promise<Answer> {
    try {
      return await answer(invocation);
    } catch (error) {
      log.error({ command: invocation.command, ...errorFields(error) }, 'command failed');
      return privately(refusal.broken());
    }
  }

  async function answer(invocation: Invocation): Promise<Answer> {
    const command = commands.get(invocation.command);
    if (!command) return privately(unknownCommand(invocation.command));
    const store = stores.forPartnership(invocation.partnership);
    const key = invocation.args[ONCE] ?? invocation.key;
    const receipt = receiptOf(invocation.partnership, key);
    const [partnership, args, standing] = await Promise.all([
      store.of(partnerships).get(store.partnership),
      fetchArgs(invocation.args, store),
      command.writes ? standingInbound(stores, receipt) : undefined,
    ]);
    if (!partnership) return privately(refusal.notSetUp());
    const directory = await directories.of(partnership);
    const member = directory.memberOf(invocation.actor);
    if (!member?.active) return privately(refusal.stranger());
    if (!may(member.role, command.guard)) return privately(refusal.noRight(command.guard));
    if (!args) return privately(refusal.tooOld());
    const now = clock.now();
    const scene: Scene = {
      invocation: { ...invocation, args },
      command,
      partnership,
      directory,
      member,
      now,
      zone: member.zone ?? partnership.zone,
      key,
      receipt,
      standing,
    };
    const settled = await settle(scene);
    const reply = await placed(settled, scene);
    return { ...settled, reply: await keepLongArgs(reply, store, invocation.key) };
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
    read: (line) => readLine(line, commands),
    asks({ command, args }) {
      const known = commands.get(command);
      return known !== undefined && needsForm(known, args);
    },
    async choices({ partnership: id, command, ...asked }) {
      const known = commands.get(command);
      const partnership = await stores.forPartnership(id).of(partnerships).get(id);
      if (!known || !partnership) return [];
      return choicesFor(known, asked, await directories.of(partnership));
    },
    async complete(line, partnershipId) {
      const partnership = await stores
        .forPartnership(partnershipId)
        .of(partnerships)
        .get(partnershipId);
      return partnership ? completions(line, commands, await directories.of(partnership)) : [];
    },
  };
}

function receiptOf(partnership: string, key: string): string {
  return derivedId('inbound', partnership, key);
}

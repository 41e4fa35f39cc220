import { type Turns, turns } from '../async/fair-queue.ts';
import type { Clock } from '../base/clock.ts';
import { derivedId } from '../base/id.ts';
import { errorFields, type Log } from '../base/log.ts';
import { withSetUpOffer } from '../cards/set-up-offer.ts';
import type { Commands } from '../command/command.ts';
import { needsForm } from '../command/form.ts';
import { refusal } from '../command/refusal.ts';
import { directoriesOver } from '../domain/directory/directories.ts';
import { fetchArgs, isStub, keepLongArgs } from '../domain/kept-args/kept-args.ts';
import { zoneOf } from '../domain/members/zone.ts';
import { partnerships } from '../domain/partnerships/partnership.ts';
import { standingInbound } from '../domain/receipts/receipt.ts';
import { moveIn } from '../features/linking/join-partnership.ts';
import { FORM, type Invocation, ONCE } from '../message/invocation.ts';
import { type Reply, say } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { nearest } from '../names/match.ts';
import { choicesFor } from '../parsing/choose.ts';
import { completions } from '../parsing/complete.ts';
import { readLine } from '../parsing/read-line.ts';
import type { Answer, Bot } from '../ports/platform.ts';
import type { Stores } from '../ports/store.ts';
import { enter } from './authorize-invocation.ts';
import type { Scene } from './command-context.ts';
import { privately, settling } from './execute-command.ts';
import { carrying } from './with-partnership.ts';

export interface BotOptions {
  stores: Stores;
  clock: Clock;
  commands: Commands;
  log: Log;
  /** Tells the sweep that something may be due at once. */
  wake(): void;
  /** How many are answered at once. */
  turns?: Turns;
}

/** The bot: one way in for typed commands, pressed buttons and submitted forms, one way out. It never throws. */
export function createBot(options: BotOptions): Bot {
  const { stores, clock, commands, log } = options;
  const { take: inTurn } = options.turns ?? turns();
  const directories = directoriesOver(stores);
  const { settle, placed } = settling(options);
  const hearers = new Set<(partnership: string) => void>();

  async function handle(invocation: Invocation): Promise<Answer> {
    try {
      const { partnership, carries, key } = invocation;
      const said = await answer(invocation);
      const told = carries ? carrying(said, partnership) : said;
      return await keepLongArgs(told, stores.forPartnership(partnership), key);
    } catch (error) {
      log.error({ command: invocation.command, ...errorFields(error) }, 'command failed');
      return privately(refusal.broken());
    }
  }

  async function answer(invocation: Invocation): Promise<Answer> {
    const { actor, profiles } = invocation;
    if (profiles?.[actor.user]?.standing === 'guest') return privately(refusal.guest());
    const command = commands.get(invocation.command);
    if (!command) return privately(unknownCommand(invocation.command));
    const store = stores.forPartnership(invocation.partnership);
    const key = invocation.args[ONCE] ?? invocation.key;
    const receipt = receiptOf(invocation.partnership, key);
    const [present, args, standing] = await Promise.all([
      store.of(partnerships).get(store.partnership),
      fetchArgs(invocation.args, store),
      command.writes ? standingInbound(stores, receipt) : undefined,
    ]);
    if (present?.joined) {
      await moveIn(present, { stores, now: clock.now() });
      return answer({ ...invocation, partnership: present.joined });
    }
    const asked = { ...invocation, args: args ?? {} };
    const doorway = { stores, directories, clock, commands, wake: options.wake };
    const entered = await enter({ invocation: asked, command, partnership: present }, doorway);
    if ('told' in entered) return privately(entered.told);
    if (!args) return privately(refusal.tooOld());
    const { partnership, directory, member } = entered;
    const scene: Scene = {
      invocation: asked,
      command,
      partnership,
      directory,
      member,
      now: clock.now(),
      zone: zoneOf(member, partnership),
      key,
      receipt,
      standing,
    };
    const settled = await settle(scene);
    const mayChange = (command.writes || command.changes) && !settled.form;
    if (mayChange) for (const hear of hearers) hear(partnership.id);
    const told = { ...settled, reply: await placed(settled, scene) };
    return withSetUpOffer(told, { ...scene, store });
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
    inTurn,
    onChange(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    read: (line) => readLine(line, commands),
    asks({ command, args }) {
      const known = commands.get(command);
      if (isStub(args)) return known !== undefined && args[FORM] !== undefined;
      return known !== undefined && needsForm(known, args);
    },
    async choices({ partnership: id, actor, command, ...asked }) {
      const known = commands.get(command);
      const partnership = await stores.forPartnership(id).of(partnerships).get(id);
      if (!known || !partnership) return [];
      const directory = await directories.of(partnership);
      return directory.memberOf(actor)?.active ? choicesFor(known, asked, directory) : [];
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

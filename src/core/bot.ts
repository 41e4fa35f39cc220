import { carrying } from './carrying.ts';
import type { Clock } from './clock.ts';
import type { Commands } from './command.ts';
import { enter } from './enter.ts';
import { moveIn } from './features/linking/join-partnership.ts';
import { zoneOf } from './features/members/zone.ts';
import { partnerships } from './features/settings/store.ts';
import { withSetUpOffer } from './features/setup/offer.ts';
import { needsForm } from './form.ts';
import { derivedId } from './id.ts';
import { standingInbound } from './inbound.ts';
import { FORM, type Invocation, ONCE } from './invocation.ts';
import { errorFields, type Log } from './log.ts';
import { fetchArgs, isStub, keepLongArgs } from './long-args.ts';
import { directoriesOver } from './names/directories.ts';
import { nearest } from './names/match.ts';
import type { Answer, Bot } from './ports.ts';
import { choicesFor } from './reading/choose.ts';
import { completions } from './reading/complete.ts';
import { readLine } from './reading/read-line.ts';
import { refusal } from './refusal.ts';
import { type Reply, say } from './reply.ts';
import { rich } from './rich-text.ts';
import type { Scene } from './scene.ts';
import { privately, settling } from './settle.ts';
import type { Stores } from './store.ts';
import { type Turns, turns } from './turns.ts';

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

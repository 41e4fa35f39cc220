import type { Clock } from './clock.ts';
import type { Call, Command, Commands, Deps } from './command.ts';
import { dayOf } from './dates/day.ts';
import { enter } from './enter.ts';
import { Question, UserError } from './errors.ts';
import { tellInBrief } from './features/briefs/tell-in-brief.ts';
import { noteSeen } from './features/courtesy/seen.ts';
import type { Member } from './features/members/store.ts';
import { zoneOf } from './features/members/zone.ts';
import { type Partnership, partnerships } from './features/settings/store.ts';
import { withSetUpOffer } from './features/setup/offer.ts';
import { formOf, needsForm } from './form.ts';
import { derivedId } from './id.ts';
import { type Inbound, keepInbound, standingInbound } from './inbound.ts';
import { BRIEF, FORM, type Invocation, ONCE, type RawArgs, SWAP, WORDS } from './invocation.ts';
import { fetchArgs, keepLongArgs } from './kept.ts';
import { errorFields, type Log } from './log.ts';
import { directoriesOver, namesChanged } from './names/directories.ts';
import type { Directory } from './names/directory.ts';
import { nearest } from './names/match.ts';
import type { Answer, Bot } from './ports.ts';
import { choicesFor } from './reading/choose.ts';
import { completions } from './reading/complete.ts';
import { readLine } from './reading/read-line.ts';
import { resolveArgs } from './reading/resolve.ts';
import { readWords } from './reading/words.ts';
import { recording } from './recording.ts';
import { refusal } from './refusal.ts';
import { type Audience, type Reply, say } from './reply.ts';
import { plainText, rich } from './rich-text.ts';
import type { Stores } from './store.ts';

export interface BotOptions {
  stores: Stores;
  clock: Clock;
  commands: Commands;
  log: Log;
  /** Tells the sweep that something may be due at once. */
  wake(): void;
}

/** Everything known about one invocation once its tenant and actor are. */
interface Scene {
  invocation: Invocation;
  command: Command;
  partnership: Partnership;
  directory: Directory;
  member: Member;
  now: Date;
  zone: string;
  /** Names this delivery; the buttons of one question share one, so that pressing two has one effect. */
  key: string;
  /** The id of the inbound row: what `undo` takes back. */
  receipt: string;
  /** What was answered to this delivery when it came before. */
  standing: Inbound | undefined;
}

/** The bot: one way in for typed commands, pressed buttons and submitted forms, one way out. It never throws. */
export function createBot(options: BotOptions): Bot {
  const { stores, clock, commands, log } = options;
  const directories = directoriesOver(stores);

  async function handle(invocation: Invocation): Promise<Answer> {
    try {
      return await answer(invocation);
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
    const asked = { ...invocation, args: args ?? {} };
    const doorway = { stores, directories, clock, commands };
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
    const told = { ...settled, reply: await placed(settled, scene) };
    const { reply, ...rest } = await withSetUpOffer(told, { ...scene, store });
    return { ...rest, reply: await keepLongArgs(reply, store, invocation.key) };
  }

  /** Runs a command, or says what keeps it from running: a form to fill, something to mend, a question. */
  async function settle(scene: Scene): Promise<Answer> {
    const { command, invocation, directory, member, standing } = scene;
    if (!standing && needsForm(command, invocation.args)) {
      await seen(scene);
      const store = stores.forPartnership(invocation.partnership);
      const present = await command.prefill?.(invocation.args, { store, directory, member });
      const form = formOf(command, { ...present, ...spread(scene) }, directory);
      return { ...privately(say(rich`Tell me a little more.`)), form };
    }
    try {
      if (!command.writes) await seen(scene);
      const once = () => (command.writes ? runOnce(scene) : run(scene));
      const reply = standing ? answerOf(standing, member) : await once();
      const { [SWAP]: swap, [ONCE]: shared } = invocation.args;
      const replaces = reply.replaces ?? (swap !== undefined || shared !== undefined);
      return { reply: { ...reply, replaces }, audience: command.audience };
    } catch (error) {
      if (command.writes) await seen(scene);
      if (error instanceof Question) return privately(error.reply);
      if (error instanceof UserError) return mend(scene, error);
      throw error;
    }
  }

  /** Where an answer is told: of a button in a brief, in that brief. A form opens on its own. */
  async function placed({ reply, form }: Answer, scene: Scene): Promise<Reply> {
    const brief = scene.invocation.args[BRIEF];
    if (brief === undefined || form) return reply;
    const store = stores.forPartnership(scene.invocation.partnership);
    return tellInBrief(brief, reply, { ...scene, store, today: dayOf(scene.now, scene.zone) });
  }

  /** What leaves no row of its own tells here that somebody was there. */
  async function seen({ invocation: { partnership, unasked }, member, now }: Scene): Promise<void> {
    if (unasked) return;
    await noteSeen(stores, { partnership, member: member.id, at: now });
  }

  async function runOnce(scene: Scene): Promise<Reply> {
    const { invocation, command, member, now } = scene;
    const store = recording(stores.forPartnership(invocation.partnership));
    const reply = await run(scene, store);
    const kept = await keepInbound(stores, {
      id: scene.receipt,
      partnership: invocation.partnership,
      command: command.name,
      actor: member.id,
      at: now,
      answer: { reply, audience: command.audience },
      written: store.written(),
    });
    return answerOf(kept, member);
  }

  async function run(
    scene: Scene,
    store = stores.forPartnership(scene.invocation.partnership),
  ): Promise<Reply> {
    const { command, invocation, member, place } = { ...scene, place: scene.invocation.place };
    const id = (label: string) => derivedId(invocation.partnership, scene.key, label);
    const args = resolveArgs(command, invocation.args, { ...scene, place, id });
    const call: Call = {
      args,
      // Typed words come as the args they were read into, so that a question's buttons keep them.
      raw: invocation.args[WORDS] === undefined ? invocation.args : spread(scene),
      member,
      place,
      receipt: scene.receipt,
      now: scene.now,
      zone: scene.zone,
      today: dayOf(scene.now, scene.zone),
    };
    const deps: Deps = {
      store,
      stores,
      partnership: scene.partnership,
      directory: scene.directory,
      commands,
      now: scene.now,
      id,
      wake: options.wake,
      namesChanged: () => namesChanged(stores.forPartnership(invocation.partnership)),
    };
    return command.run(call, deps);
  }

  /** Says what to mend, and offers the form with everything that was typed. */
  function mend(scene: Scene, error: UserError): Answer {
    const { command, invocation, directory } = scene;
    const hasBoxes = Object.values(command.args).some((arg) => arg.ask !== undefined);
    if (!hasBoxes) return privately(say(error.text));
    const args = spread(scene);
    const fix = { label: 'Fix', command: command.name, args: { ...args, [FORM]: 'yes' } };
    const reply: Reply = { text: error.text, card: [{ kind: 'buttons', buttons: [fix] }] };
    // Typed words get a sentence and the Fix button; a form gets itself back, with the problem at its field.
    if (invocation.args[WORDS] !== undefined || error.arg === undefined) return privately(reply);
    const problem = { arg: error.arg, text: plainText(error.text, scene.zone) };
    return { ...privately(reply), form: formOf(command, args, directory, problem) };
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

/** Refusals, questions and forms are for the one who asked, whatever the command's audience. */
function privately(reply: Reply): Answer {
  const audience: Audience = 'actor';
  return { reply, audience };
}

/** The answer to a delivery that came before, for whoever it was given to. */
function answerOf({ actor, answer }: Inbound, member: Member): Reply {
  return actor === member.id ? answer.reply : say(rich`That has been done already.`);
}

function receiptOf(partnership: string, key: string): string {
  return derivedId('inbound', partnership, key);
}

/** The args with typed words read into the boxes they belong to; words that cannot be read go into the last one. */
function spread({ command, invocation, directory, now, zone }: Scene): RawArgs {
  const { [WORDS]: words = '', ...named } = invocation.args;
  if (words.trim() === '') return named;
  const last = command.words?.at(-1);
  try {
    const read = readWords(command, words, { directory, now, zone });
    const { unresolved } = read;
    const rest = unresolved && last ? { [last]: unresolved.words || unresolved.typed } : {};
    return { ...named, ...read.args, ...rest };
  } catch {
    return last ? { ...named, [last]: words } : named;
  }
}

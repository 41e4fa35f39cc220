import { derivedId } from '../base/id.ts';
import type { Call, Deps } from '../command/command.ts';
import { formOf, needsForm } from '../command/form.ts';
import { dayOf } from '../dates/day.ts';
import type { Member } from '../domain/members/member.ts';
import { namesChanged } from '../domain/partnerships/names-version.ts';
import { type Inbound, keepInbound } from '../domain/receipts/receipt.ts';
import { noteSeen } from '../domain/receipts/seen.ts';
import { recording } from '../domain/receipts/track-changes.ts';
import { tellInBrief } from '../features/briefs/tell-in-brief.ts';
import { BRIEF, FORM, ONCE, SWAP, WORDS } from '../message/invocation.ts';
import { type Audience, type Reply, say } from '../message/reply.ts';
import { plainText, rich } from '../message/rich-text.ts';
import { Question, UserError } from '../message/user-error.ts';
import { resolveArgs } from '../parsing/resolve.ts';
import type { Answer } from '../ports/platform.ts';
import type { Stores } from '../ports/store.ts';
import { type Scene, spread } from './command-context.ts';

/** What commands are run with. */
interface Means {
  stores: Stores;
  commands: Deps['commands'];
  wake(): void;
}

/** The answers to invocations. */
export interface Settling {
  settle(scene: Scene): Promise<Answer>;
  placed(answer: Answer, scene: Scene): Promise<Reply>;
}

/** What answers an invocation once its tenant and actor are known. */
export function settling({ stores, commands, wake }: Means): Settling {
  /** Runs a command, or says what keeps it from running; where it writes no row of its own, notes who was there. */
  async function settle(scene: Scene): Promise<Answer> {
    const { command, invocation, member, now } = scene;
    let keptRow = false;
    try {
      if (!scene.standing && needsForm(command, invocation.args)) return await opened(scene);
      const reply = await replyTo(scene);
      keptRow = command.writes === true;
      const { [SWAP]: swap, [ONCE]: shared } = invocation.args;
      const replaces = reply.replaces ?? (swap !== undefined || shared !== undefined);
      return { reply: { ...reply, replaces }, audience: command.audience };
    } catch (error) {
      if (error instanceof Question) return privately(error.reply);
      if (error instanceof UserError) return mend(scene, error);
      throw error;
    } finally {
      const { partnership, unasked } = invocation;
      if (!keptRow && !unasked) await noteSeen(stores, { partnership, member: member.id, at: now });
    }
  }

  /** The form of a command, with what is known already. */
  async function opened(scene: Scene): Promise<Answer> {
    const { command, invocation, directory, member } = scene;
    const store = stores.forPartnership(invocation.partnership);
    const present = await command.prefill?.(invocation.args, { store, directory, member });
    const form = formOf(command, { ...present, ...spread(scene) }, directory);
    return { ...privately(say(rich`Tell me a little more.`)), form };
  }

  /** What was answered to this delivery before, else what the command now says. */
  function replyTo(scene: Scene): Promise<Reply> | Reply {
    if (scene.standing) return answerOf(scene.standing, scene.member);
    return scene.command.writes ? runOnce(scene) : run(scene);
  }

  /** Where an answer is told: of a button in a brief, in that brief. A form opens on its own. */
  async function placed({ reply, form }: Answer, scene: Scene): Promise<Reply> {
    const brief = scene.invocation.args[BRIEF];
    if (brief === undefined || form) return reply;
    const store = stores.forPartnership(scene.invocation.partnership);
    return tellInBrief(brief, reply, { ...scene, store, today: dayOf(scene.now, scene.zone) });
  }

  async function runOnce(scene: Scene): Promise<Reply> {
    const { invocation, command, member, now } = scene;
    const store = recording(stores, invocation.partnership);
    const reply = await run(scene, store, store.global);
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
    global: Deps['global'] = stores.global,
  ): Promise<Reply> {
    const { command, invocation, member, place } = { ...scene, place: scene.invocation.place };
    const id = (label: string) => derivedId(invocation.partnership, scene.key, label);
    const { profiles } = invocation;
    const { values, raw } = resolveArgs(command, invocation.args, {
      ...scene,
      place,
      profiles,
      id,
    });
    const call: Call = {
      args: values,
      raw,
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
      global,
      partnership: scene.partnership,
      directory: scene.directory,
      commands,
      now: scene.now,
      id,
      wake,
      namesChanged: () => namesChanged(stores.forPartnership(invocation.partnership)),
    };
    return command.run(call, deps);
  }

  /** Says what to mend, and offers the form with everything that was typed. */
  function mend(scene: Scene, error: UserError): Answer {
    const { command, invocation, directory } = scene;
    const about = error.arg === undefined ? undefined : command.args[error.arg];
    const hasBoxes = Object.values(command.args).some((arg) => arg.ask !== undefined);
    // A form without a box for it would not help.
    if (!hasBoxes || (about?.needed && about.ask === undefined)) return privately(say(error.text));
    const args = spread(scene);
    const fix = { label: 'Fix', command: command.name, args: { ...args, [FORM]: 'yes' } };
    const reply: Reply = { text: error.text, card: [{ kind: 'buttons', buttons: [fix] }] };
    // Typed words get a sentence and the Fix button; a form gets itself back, with the problem at its field.
    if (invocation.args[WORDS] !== undefined || error.arg === undefined) return privately(reply);
    const problem = { arg: error.arg, text: plainText(error.text, scene.zone) };
    return { ...privately(reply), form: formOf(command, args, directory, problem) };
  }

  return { settle, placed };
}

/** Refusals, questions and forms are for the one who asked, whatever the command's audience. */
export function privately(reply: Reply): Answer {
  const audience: Audience = 'actor';
  return { reply, audience };
}

/** The answer to a delivery that came before, for whoever it was given to. */
function answerOf({ actor, answer }: Inbound, member: Member): Reply {
  return actor === member.id ? answer.reply : say(rich`That has been done already.`);
}

import type { ModalView } from '@slack/types';
import { QueueFullError } from '../../core/async/fair-queue.ts';
import { TIMED_OUT, withTimeout } from '../../core/async/with-timeout.ts';
import { errorFields } from '../../core/base/log.ts';
import { refusal } from '../../core/command/refusal.ts';
import { FORM, type Invocation } from '../../core/message/invocation.ts';
import type { Reply } from '../../core/message/reply.ts';
import type { Answer } from '../../core/ports/platform.ts';
import { tell } from './answer.ts';
import { aboutOf, saidThere, spotOf } from './asked/where.ts';
import { changeModal, openModal, toldModal } from './blocks/modal.ts';
import { type About, modalOf, problemsOf, submitted, waitingModal } from './form.ts';
import type { Heard, HeardSubmission } from './heard.ts';
import { messageOf } from './render.ts';
import { type Parts, readerFor, type Scene, sceneOf } from './scene.ts';
import type { ReaderContext } from './text.ts';

/** A form that is not ready by then (ms) opens as a skeleton: a trigger works for 3 s. */
const FORM_PATIENCE = 1_000;
/** A submitted form has to be answered within 3 s: https://docs.slack.dev/surfaces/modals#handling_submissions */
const SUBMIT_PATIENCE = 2_000;

type Asked = Pick<Invocation, 'command' | 'args'>;

/** What was asked and answered. */
interface Answered {
  scene: Scene | undefined;
  answer: Answer;
  reader: ReaderContext;
}

/** What a submitted form is acknowledged with: https://docs.slack.dev/surfaces/modals#response_actions */
type SubmitAck =
  | { response_action: 'clear' }
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: ModalView };

/** What people say, and what is said back. */
export interface Conversation {
  /** A command, from wherever: its answer is told where it was asked. Never throws. */
  say(heard: Heard, asked: Asked): Promise<void>;
  /** A submitted form. @returns how to acknowledge it, and what is still to be done after that. Never throws. */
  submit(heard: HeardSubmission): Promise<{ ack: SubmitAck; after(): Promise<void> }>;
}

/** @param onHeard hears of everybody who asks for something, before it is answered. */
export function conversation(
  parts: Parts,
  onHeard: (heard: Heard, scene: Scene) => void,
): Conversation {
  const { bot, log } = parts;

  /** Asks the bot when it is their turn, whatever happens on the way. */
  async function ask(heard: Heard, asked: Asked): Promise<Answered> {
    try {
      return await bot.enqueue(heard.team, () => answered(heard, asked));
    } catch (error) {
      if (error instanceof QueueFullError)
        return { ...instead(refusal.busy(), parts), scene: undefined };
      throw error;
    }
  }

  async function answered(heard: Heard, { command, args }: Asked): Promise<Answered> {
    let scene: Scene | undefined;
    try {
      scene = await sceneOf(heard, args, parts);
      if (!scene) return { ...instead(refusal.broken(), parts), scene };
      onHeard(heard, scene);
      const { actor, partnership, profiles } = scene;
      const { key, place } = heard;
      const answer = await bot.handle({ command, args, actor, partnership, profiles, key, place });
      const reader = await readerFor(scene, heard.team, parts);
      return { scene, answer, reader };
    } catch (error) {
      log.error({ command, ...errorFields(error) }, 'slack answer failed');
      return { ...instead(refusal.broken(), parts), scene };
    }
  }

  async function say(heard: Heard, asked: Asked): Promise<void> {
    const asking = ask(heard, asked);
    const inModal = heard.on?.kind === 'modal' ? heard.on.view : undefined;
    let view = inModal;
    if (bot.asks(asked) && !inModal && (await withTimeout(FORM_PATIENCE, asking)) === TIMED_OUT) {
      view = await openWaiting(heard, asked);
    }
    const { scene, answer, reader } = await asking;
    const client = scene?.client;
    const form = answer.form && modalOf(answer.form, aboutOf(heard), reader);
    if (client && view !== undefined) {
      const shown = form ?? toldModal(messageOf(answer.reply, reader).blocks);
      if (await changeModal(client, view, shown, log)) return;
    } else if (client && form) {
      if ((await openModal(client, heard.trigger, form, log)) !== undefined) return;
    }
    await told(heard, form ? { ...answer, reply: offering(asked, answer) } : answer, scene, reader);
  }

  /** A skeleton, as long as the trigger still works. */
  async function openWaiting(heard: Heard, { command }: Asked): Promise<string | undefined> {
    const title = parts.commands.get(command)?.summary ?? 'Convenor';
    const client = await withTimeout(FORM_PATIENCE, parts.clients.of(heard.team)).catch(
      () => TIMED_OUT,
    );
    if (client === undefined || typeof client === 'symbol') return undefined;
    return openModal(client, heard.trigger, waitingModal(title), log);
  }

  async function told(
    heard: Heard,
    { reply, audience }: Answer,
    scene: Scene | undefined,
    reader: ReaderContext,
  ): Promise<void> {
    const message = messageOf(reply, reader);
    const replaces = reply.replaces === true;
    await tell(spotOf(heard, scene?.client), message, { replaces, audience }, log);
  }

  return {
    say,
    async submit(heard) {
      const read = submitted(heard.view);
      const nothing = { ack: { response_action: 'clear' } as const, after: async () => {} };
      if (!read) return nothing;
      const from = saidThere(heard, read.about);
      const asking = ask(from, read);
      const first = await withTimeout(SUBMIT_PATIENCE, asking);
      if (first === TIMED_OUT) {
        return {
          ack: { response_action: 'update', view: waitingModal('Convenor') },
          after: () => afterwards(from, heard.view.id, read.about, asking),
        };
      }
      const { answer, scene, reader } = first;
      const ack = ackOf(answer, read.about, reader);
      if (ack) return { ack, after: async () => {} };
      return { ...nothing, after: () => told(from, answer, scene, reader) };
    },
  };

  /** A submitted form whose answer took long: its modal waits. */
  async function afterwards(
    from: Heard,
    view: string,
    about: About,
    asking: Promise<Answered>,
  ): Promise<void> {
    const { answer, scene, reader } = await asking;
    const again = ackOf(answer, about, reader);
    const shown = again && answer.form ? modalOf(answer.form, about, reader) : undefined;
    const done = shown ?? toldModal(messageOf(answer.reply, reader).blocks);
    const changed = scene && (await changeModal(scene.client, view, done, log));
    if (!shown || !changed) await told(from, answer, scene, reader);
  }
}

/** How a submitted form is shown again; undefined where it is done with. */
function ackOf(
  { form, reply }: Answer,
  about: About,
  reader: ReaderContext,
): SubmitAck | undefined {
  if (!form) return undefined;
  const errors = problemsOf(form);
  if (errors) return { response_action: 'errors', errors };
  // What is wrong has no box here: the sentence says it, with a button to mend it.
  if (reply.card?.length) return undefined;
  return { response_action: 'update', view: modalOf(form, about, reader) };
}

/** What is told where the bot was not heard. */
function instead(reply: Reply, { clock }: Parts): Omit<Answered, 'scene'> {
  const reader = {
    zone: 'UTC',
    now: clock.now(),
    userOf: () => undefined,
    nameOf: () => undefined,
  };
  return { answer: { reply, audience: 'actor' }, reader };
}

/** The form could not be opened any more: a button opens it. */
function offering({ command, args }: Asked, { reply }: Answer): Reply {
  if (reply.card?.length) return reply;
  const button = { label: 'Open the form', command, args: { ...args, [FORM]: 'yes' } };
  return { text: reply.text, card: [{ kind: 'buttons', buttons: [button] }] };
}

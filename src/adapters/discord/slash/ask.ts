import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { QueueFullError } from '../../../core/async/fair-queue.ts';
import { errorFields } from '../../../core/base/log.ts';
import { refusal } from '../../../core/command/refusal.ts';
import { keepLongArgs } from '../../../core/domain/kept-args/kept-args.ts';
import { FORM, PARTNERSHIP, type RawArgs } from '../../../core/message/invocation.ts';
import type { Reply } from '../../../core/message/reply.ts';
import type { Answer } from '../../../core/ports/platform.ts';
import type { Told } from '../answer.ts';
import { plainMessage } from '../components/plain-message.ts';
import { modalOf } from '../form.ts';
import type { Heard } from '../heard.ts';
import { messageOf } from '../render.ts';
import { type Parts, readerFor, type Scene, sceneOn } from '../scene.ts';
import { originOf } from '../servers/origin.ts';
import type { ReaderContext } from '../text.ts';
import { withFiles } from './file.ts';
import type { Said } from './said.ts';

/** What comes of something that was asked for. */
export interface Answered {
  /** A form, which can only be opened as the first answer. */
  modal?: APIModalInteractionResponseCallbackData;
  /** What is told; where a form can not be opened any more, a button that does. Never throws. */
  told(): Promise<Told>;
}

/** Asks the bot when it is their turn, whatever happens on the way. */
export async function ask(heard: Heard, said: Said, parts: Parts): Promise<Answered> {
  try {
    const asked = { command: said.command, args: await withFiles(said, heard.files) };
    const whose = heard.guild ?? heard.user;
    return await parts.bot.enqueue(whose, () => answered(heard, asked, parts));
  } catch (error) {
    if (error instanceof QueueFullError) return plainly(refusal.busy(), parts);
    parts.log.error({ command: said.command, ...errorFields(error) }, 'discord answer failed');
    return plainly(refusal.broken(), parts);
  }
}

interface Asked {
  command: string;
  args: RawArgs;
}

async function answered(heard: Heard, asked: Asked, parts: Parts): Promise<Answered> {
  const origin = await originOf(heard, asked, parts);
  if ('told' in origin) return plainly(origin.told, parts);
  const { [PARTNERSHIP]: _, ...args } = asked.args;
  const scene = await sceneOn(origin, { heard, args }, parts);
  const { server, ...invocation } = scene;
  const isDirect = heard.guild === undefined;
  const answer = await parts.bot.handle({
    ...invocation,
    command: asked.command,
    args,
    key: heard.key,
    ...(isDirect && { withPartnership: true }),
  });
  return shown(heard, { asked, scene, answer, reader: await readerFor(scene, parts) }, parts);
}

/** The answer as it is shown where it was asked for. */
function shown(
  heard: Heard,
  to: { asked: Asked; scene: Scene; answer: Answer; reader: ReaderContext },
  parts: Parts,
): Answered {
  const { scene, answer, reader } = to;
  const { form, reply, audience } = answer;
  const told = (reply: Reply): Told => {
    return { message: messageOf(reply, reader), replaces: reply.replaces === true, audience };
  };
  if (!form) return { told: async () => told(reply) };
  return {
    modal: modalOf(form, reader, scene.place),
    async told() {
      try {
        return told(await offering(heard, to, parts));
      } catch (error) {
        parts.log.error(errorFields(error), 'discord form not offered');
        return told(refusal.broken());
      }
    },
  };
}

/** The form can not be opened any more: a button opens it, with all that was typed. */
async function offering(
  { key }: Heard,
  { asked, scene, answer }: { asked: Asked; scene: Scene; answer: Answer },
  { stores }: Parts,
): Promise<Reply> {
  const { reply } = answer;
  if (reply.card?.length) return reply;
  const { command, args } = asked;
  const button = { label: 'Open the form', command, args: { ...args, [FORM]: 'yes' } };
  const offer: Reply = { text: reply.text, card: [{ kind: 'buttons', buttons: [button] }] };
  const store = stores.forPartnership(scene.partnership);
  return (await keepLongArgs({ reply: offer, audience: 'actor' }, store, key)).reply;
}

/** Told to whoever is not known, or not yet. */
function plainly(reply: Reply, { clock }: Parts): Answered {
  const told: Told = {
    message: plainMessage(reply, clock),
    replaces: false,
    audience: 'actor',
  };
  return { told: async () => told };
}

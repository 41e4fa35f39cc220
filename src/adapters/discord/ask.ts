import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { FORM, type RawArgs } from '../../core/invocation.ts';
import { keepLongArgs } from '../../core/kept.ts';
import { errorFields } from '../../core/log.ts';
import type { Answer } from '../../core/ports.ts';
import { refusal } from '../../core/refusal.ts';
import { type Reply, say } from '../../core/reply.ts';
import { rich } from '../../core/rich-text.ts';
import type { Told } from './answer.ts';
import { withFiles } from './file.ts';
import { modalOf } from './form.ts';
import type { Heard } from './receive.ts';
import { messageOf } from './render.ts';
import type { Said } from './said.ts';
import { type Parts, readerFor, type Scene, sceneOn } from './scene.ts';
import { ofServer } from './server-mark.ts';
import type { Reader } from './text.ts';
import { type Home, homesOf, whichPartnership } from './which.ts';

/** What comes of something that was asked for. */
export interface Answered {
  /** A form, which can only be opened as the first answer. */
  modal?: APIModalInteractionResponseCallbackData;
  /** What is told; where a form can not be opened any more, a button that does. Never throws. */
  told(): Promise<Told>;
}

/** Told where nobody on any server has let somebody in who writes a direct message. */
const UNKNOWN_HERE = say(
  rich`I don't know you from any server yet. Please type your first command to me, such as help, on the server of your community.`,
);

/** Asks the bot, whatever happens on the way. */
export async function ask(heard: Heard, said: Said, parts: Parts): Promise<Answered> {
  try {
    const asked = { command: said.command, args: await withFiles(said, heard.files) };
    return await answered(heard, asked, parts);
  } catch (error) {
    parts.log.error({ command: said.command, ...errorFields(error) }, 'discord answer failed');
    return toNobodyKnown(refusal.broken(), parts);
  }
}

interface Asked {
  command: string;
  args: RawArgs;
}

async function answered(heard: Heard, asked: Asked, parts: Parts): Promise<Answered> {
  const [person] = heard.people;
  if (heard.guild !== undefined && person) {
    return answeredOn({ server: heard.guild, person }, heard, asked, parts);
  }
  const homes = await homesOf(heard, parts);
  const [home, ...others] = homes;
  if (!home) return toNobodyKnown(UNKNOWN_HERE, parts);
  if (others.length === 0) return answeredOn(home, heard, asked, parts);
  const message = await whichPartnership(heard, asked, homes, parts);
  return { told: async () => ({ message, replaces: false, audience: 'actor' }) };
}

async function answeredOn(
  { server, person }: Home,
  heard: Heard,
  asked: Asked,
  parts: Parts,
): Promise<Answered> {
  const scene = await sceneOn(server, person, { heard, args: asked.args }, parts);
  const answer = await parts.bot.handle({ ...asked, ...scene, key: heard.key });
  return shown(heard, { asked, scene, answer, reader: await readerFor(scene, parts) }, parts);
}

/** The answer as it is shown where it was asked for. */
function shown(
  heard: Heard,
  to: { asked: Asked; scene: Scene; answer: Answer; reader: Reader },
  parts: Parts,
): Answered {
  const { scene, answer, reader } = to;
  const { form, reply, audience } = answer;
  const isDirect = heard.guild === undefined;
  const ours = <T extends Parameters<typeof ofServer>[0]>(it: T): T =>
    isDirect ? (ofServer(it, scene.server) as T) : it;
  const told = (reply: Reply): Told => {
    return { message: ours(messageOf(reply, reader)), replaces: reply.replaces === true, audience };
  };
  if (!form) return { told: async () => told(reply) };
  const modal = ours(modalOf(form, reader, scene.place));
  return {
    modal,
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

function toNobodyKnown(reply: Reply, { clock }: Parts): Answered {
  const nothing = () => undefined;
  const reader = { zone: 'UTC', now: clock.now(), userOf: nothing, nameOf: nothing };
  const told: Told = { message: messageOf(reply, reader), replaces: false, audience: 'actor' };
  return { told: async () => told };
}

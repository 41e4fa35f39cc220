import { TIMED_OUT, withTimeout } from '../../core/async/with-timeout.ts';
import { openModal, putOff, tell, type Voice } from './answer.ts';
import type { Heard } from './heard.ts';
import type { Parts } from './scene.ts';
import { ask } from './slash/ask.ts';
import type { Said } from './slash/said.ts';

/** The first answer has to arrive within 3 s: https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction */
const PATIENCE = 1_500;
/** A form can only be the first answer, so it is waited for a little longer. */
const FORM_PATIENCE = 2_000;

/**
 * Answers what somebody asks for, where it was asked and in time: what takes long is put off, and told when it is
 * there. Never throws.
 */
export async function converse(heard: Heard, said: Said, parts: Parts & Voice): Promise<void> {
  const { bot, commands } = parts;
  const asking = ask(heard, said, parts);
  const mayOpen = !heard.isForm;
  const isForm = mayOpen && bot.asks(said);
  const first = await withTimeout(isForm ? FORM_PATIENCE : PATIENCE, asking);
  if (first === TIMED_OUT) {
    const audience = isForm ? 'actor' : (commands.get(said.command)?.audience ?? 'actor');
    const how = await putOff(heard, audience, parts);
    const late = await asking;
    return tell(heard, await late.told(), how, parts);
  }
  if (mayOpen && first.modal && (await openModal(heard, first.modal, parts))) return;
  await tell(heard, await first.told(), 'not', parts);
}

import type { Command } from '../command/command.ts';
import { refusal } from '../command/refusal.ts';
import { MAX_BUTTON_ID_LENGTH } from '../domain/kept-args/kept-args.ts';
import { idOfButton } from '../message/button-id.ts';
import { type RawArgs, WORDS } from '../message/invocation.ts';
import type { Block, Button, Reply } from '../message/reply.ts';
import { type RichText, rich } from '../message/rich-text.ts';
import type { Answer } from '../ports/platform.ts';
import type { StoreTrouble } from '../ports/store.ts';
import { privateFailure, privately } from './privately.ts';

/** The answer when the store fails and nothing was noted. It repeats what was typed, so that it can be copied. */
export function storeFailureAnswer(
  trouble: StoreTrouble,
  command: Command | undefined,
  args: RawArgs,
): Answer {
  return privateFailure(withTypedWords(refusal.storeFailed(trouble), command, args));
}

/** The answer when the store stopped answering while a command was being stored. */
export function storeCutOffAnswer(command: Command, args: RawArgs): Answer {
  return privately(withTypedWords(refusal.storeCutOff(), command, args));
}

/** The answer to somebody who sends too much at once. Nothing was noted, so it repeats what was typed. */
export function tooManyAnswer(command: Command | undefined, args: RawArgs): Answer {
  return privateFailure(withTypedWords(refusal.tooMany(), command, args));
}

/** The answer without the buttons whose args are too long for their ids, for when the store cannot keep them. */
export function withoutLongArgs(answer: Answer): Answer {
  const { reply } = answer;
  const fits = (button: Button) => idOfButton(button).length <= MAX_BUTTON_ID_LENGTH;
  const card = reply.card?.flatMap((block): Block[] => {
    if (!('buttons' in block)) return [block];
    const buttons = block.buttons.filter(fits);
    return block.kind === 'buttons' && buttons.length === 0 ? [] : [{ ...block, buttons }];
  });
  return { ...answer, reply: { ...reply, ...(card && { card }) } };
}

/** Adds what was typed for a command that writes. Files are left out: people still have them. */
function withTypedWords(reply: Reply, command: Command | undefined, args: RawArgs): Reply {
  if (!command?.writes && !command?.writesWithoutReceipt) return reply;
  const { [WORDS]: words = '' } = args;
  const lines: RichText[] = words.trim() === '' ? [] : [rich`${command.name} ${words.trim()}`];
  for (const [name, arg] of Object.entries(command.args)) {
    const value = args[name]?.trim() ?? '';
    // A value with # is the id of something that was picked.
    if (value === '' || value.startsWith('#') || arg.kind === 'file' || !arg.ask) continue;
    lines.push(rich`${arg.ask}: ${value}`);
  }
  if (lines.length === 0) return reply;
  const card: Block[] = [{ kind: 'note', text: rich`You wrote:` }];
  return { ...reply, card: [...card, ...lines.map((text): Block => ({ kind: 'text', text }))] };
}

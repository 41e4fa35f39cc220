import type { Deps } from '../../command/command.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { FORM, ONCE, type RawArgs, WORDS } from '../../message/invocation.ts';
import type { Button } from '../../message/reply.ts';
import type { RichText } from '../../message/rich-text.ts';
import { Question } from '../../message/user-error.ts';

/**
 * The question whether a change is for just this one of a series or for more of it. Its two buttons keep the
 * words, and pressing both has one effect.
 * @param asked `all` is the label of the wider one.
 */
export function askScope(
  text: RichText,
  asked: { command: string; row: Pick<Followup, 'id'>; raw: RawArgs; all: string },
  deps: Pick<Deps, 'id'>,
): Question {
  const { [WORDS]: _, [FORM]: __, ...words } = asked.raw;
  const args = { ...words, which: `#${asked.row.id}`, [ONCE]: deps.id('scope') };
  const button = (label: string, scope: string): Button => ({
    label,
    command: asked.command,
    args: { ...args, scope },
  });
  const buttons = [button('Just this one', 'one'), button(asked.all, 'all')];
  return new Question({ text, card: [{ kind: 'buttons', buttons }] });
}

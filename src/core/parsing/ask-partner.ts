import { cut } from '../base/cut.ts';
import type { Command } from '../command/command.ts';
import type { PartnerName } from '../domain/directory/directory.ts';
import { FORM, ONCE, type RawArgs } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';
import { Question } from '../message/user-error.ts';
import type { Unresolved } from './partner-in.ts';
import type { ReadContext } from './take-value.ts';
import { fillWords } from './words.ts';

/** What a question is asked about: the command, all its other args as they were typed, and the invocation's key. */
export interface Asking {
  command: Command;
  args: RawArgs;
  key: string;
}

/** Asks which partner was meant. Every button goes on with the same command and keeps all that was typed. */
export function askWhich(unresolved: Unresolved, asking: Asking, context: ReadContext): Question {
  const { match, typed } = unresolved;
  const { command, key } = asking;
  const button = (label: string, args: RawArgs): Button => ({
    label,
    command: command.name,
    args: { ...args, [ONCE]: key },
  });
  const pick = (rest: string) => (partner: PartnerName) =>
    button(partner.name, argsWith(`#${partner.id}`, rest, unresolved, asking, context));
  const cancel: Button = { label: 'Cancel', command: 'cancel', args: {} };

  if (match.kind === 'several') {
    const kept = argsWith(typed, unresolved.rest, unresolved, asking, context);
    const buttons = [
      ...match.items.map(pick(unresolved.rest)),
      button('Another', { ...kept, [FORM]: 'yes' }),
      cancel,
    ];
    return question(
      rich`Which ${bold(capital(cut(typed)))} did you mean? I've kept your words.`,
      buttons,
    );
  }

  const near = match.near.map(pick(unresolved.words));
  const canAdd =
    command.args[unresolved.arg]?.kind === 'partner' &&
    'add' in (command.args[unresolved.arg] ?? {});
  const add =
    canAdd && typed !== ''
      ? [
          button(
            `Add ${cut(typed)}`,
            argsWith(`+${typed}`, unresolved.rest, unresolved, asking, context),
          ),
        ]
      : [];
  // From free words the name is only a guess: the form opens with all of them, and an empty box for the name.
  const name = unresolved.words === '' ? typed : '';
  const kept = argsWith(name, unresolved.words, unresolved, asking, context);
  const another = button('Another', { ...kept, [FORM]: 'yes' });
  return question(sentence(typed, add.length > 0, near.length > 0), [
    ...add,
    ...near,
    another,
    cancel,
  ]);
}

function sentence(typed: string, canAdd: boolean, isNear: boolean): RichText {
  const unknown =
    typed === ''
      ? rich`I can't tell which partner that is.`
      : rich`I don't know ${bold(cut(typed))}${canAdd && ' yet'}.`;
  if (canAdd && isNear)
    return rich`${unknown} Shall I add it, or did you mean one of these? I've kept your words.`;
  if (canAdd) return rich`${unknown} Shall I add it? I've kept your words.`;
  if (isNear) return rich`${unknown} Did you mean one of these? I've kept your words.`;
  return rich`${unknown} Say it another way, and I'll look again. I've kept your words.`;
}

/** The args of a button: the partner's as given, and the words after the name where they belong. */
function argsWith(
  partner: string,
  rest: string,
  { arg }: Unresolved,
  { command, args }: Asking,
  context: ReadContext,
): RawArgs {
  const { [arg]: _, ...others } = args;
  const known = partner === '' ? others : { ...others, [arg]: partner };
  if (rest === '') return known;
  const after = command.words?.slice((command.words?.indexOf(arg) ?? -1) + 1) ?? [];
  return fillWords({ ...command, words: after }, rest, known, context).args;
}

function question(text: RichText, buttons: readonly Button[]): Question {
  return new Question({ text, card: [{ kind: 'buttons', buttons }] });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

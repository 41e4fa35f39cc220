import { quoteShort } from '../base/text.ts';
import type { Command } from '../command/command.ts';
import type { PartnerName } from '../domain/directory/directory.ts';
import { FORM, ONCE, type RawArgs } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';
import { Question } from '../message/user-error.ts';
import { assignWords, type UnresolvedPartner } from './parse-words.ts';
import type { ParseContext } from './split-value.ts';

/** The command that a question interrupts. */
export interface AskContext {
  command: Command;
  /** All args but the one in question, as they were typed. */
  args: RawArgs;
  /** The key of the invocation: the buttons share it. */
  key: string;
}

/** Asks which partner was meant. Each button goes on with the command and keeps everything that was typed. */
export function askWhichPartner(
  unresolved: UnresolvedPartner,
  asking: AskContext,
  context: ParseContext,
): Question {
  const { match, typed, rest, words } = unresolved;
  const { command, key } = asking;
  const withPartner = (label: string, partner: string, wordsAfter: string, more?: RawArgs) => ({
    label,
    command: command.name,
    args: {
      ...argsWith(partner, wordsAfter, unresolved, asking, context),
      ...more,
      [ONCE]: key,
    },
  });
  const another = (name: string, wordsAfter: string) =>
    withPartner('Another', name, wordsAfter, { [FORM]: 'yes' });
  const pick =
    (wordsAfter: string) =>
    ({ id, name }: PartnerName) =>
      withPartner(name, `#${id}`, wordsAfter);
  const cancel: Button = { label: 'Cancel', command: 'cancel', args: {} };

  if (match.kind === 'several') {
    return question(
      rich`Which ${bold(capitalize(quoteShort(typed)))} did you mean? I've kept your words.`,
      [...match.items.map(pick(rest)), another(typed, rest), cancel],
    );
  }
  const arg = command.args[unresolved.arg];
  const canAdd = arg?.kind === 'partner' && arg.add === true && typed !== '';
  const add = canAdd ? [withPartner(`Add ${quoteShort(typed)}`, `+${typed}`, rest)] : [];
  // A name in free words is only a guess, so the form opens with all the words and an empty box for the name.
  const name = words === '' ? typed : '';
  return question(unknownText(typed, canAdd, match.near.length > 0), [
    ...add,
    ...match.near.map(pick(words)),
    another(name, words),
    cancel,
  ]);
}

function unknownText(typed: string, canAdd: boolean, hasNear: boolean): RichText {
  const unknown =
    typed === ''
      ? rich`I can't tell which partner that is.`
      : rich`I don't know ${bold(quoteShort(typed))}${canAdd && ' yet'}.`;
  if (canAdd && hasNear)
    return rich`${unknown} Shall I add it, or did you mean one of these? I've kept your words.`;
  if (canAdd) return rich`${unknown} Shall I add it? I've kept your words.`;
  if (hasNear) return rich`${unknown} Did you mean one of these? I've kept your words.`;
  return rich`${unknown} Say it another way, and I'll look again. I've kept your words.`;
}

/** The args of a button: the partner, and the words after its name in the args that follow it. */
function argsWith(
  partner: string,
  wordsAfter: string,
  { arg }: UnresolvedPartner,
  { command, args }: AskContext,
  context: ParseContext,
): RawArgs {
  const { [arg]: _, ...others } = args;
  const known = partner === '' ? others : { ...others, [arg]: partner };
  if (wordsAfter === '') return known;
  const following = command.words?.slice((command.words?.indexOf(arg) ?? -1) + 1) ?? [];
  return assignWords({ ...command, words: following }, wordsAfter, known, context).args;
}

function question(text: RichText, buttons: readonly Button[]): Question {
  return new Question({ text, card: [{ kind: 'buttons', buttons }] });
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

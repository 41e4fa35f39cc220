import { listText } from '../base/text.ts';
import type { MemberRef } from '../command/args.ts';
import { ONCE } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { type Question, questionWith } from '../message/user-error.ts';
import type { AskContext } from './ask-partner.ts';

/** Asks which of several members was meant, where one is needed. Each button keeps everything that was typed. */
export function askWhichMember(
  name: string,
  people: readonly MemberRef[],
  { command, args, key }: AskContext,
): Question {
  const buttons = people.map(
    (person): Button => ({
      label: person.name,
      command: command.name,
      args: { ...args, [name]: `#${person.id}`, [ONCE]: key },
    }),
  );
  const names = people.map((person) => person.name);
  return questionWith(
    rich`You named ${listText(names, 'and')}, and I can take only one of them here. Which one? I've kept your words.`,
    buttons,
  );
}

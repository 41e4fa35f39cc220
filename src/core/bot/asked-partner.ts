import { quoteShort } from '../base/text.ts';
import type { Commands } from '../command/command.ts';
import type { Directory, PartnerName } from '../domain/directory/directory.ts';
import { WORDS } from '../message/invocation.ts';
import { type Button, cancelButton, type Reply } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { matchWhole } from '../names/match.ts';
import { matchPartnerPhrase, withoutDay } from '../parsing/phrases.ts';

/** Whom a question may be about that has only a part of a partner's name: "tell me about the council". */
export function partnersAskedAbout(
  line: string,
  { commands, directory }: { commands: Commands; directory: Directory },
) {
  let found = { typed: '', items: [] as readonly PartnerName[] };
  const asked = matchPartnerPhrase(line, commands, (typed) => {
    const match = matchWhole(typed, directory.activePartners);
    const items = match.kind === 'several' ? match.items : match.kind === 'none' ? match.near : [];
    found = { typed: withoutDay(typed), items };
    return items[0];
  });
  return { ...found, command: asked?.command ?? 'partner show' };
}

/** Asks which partner a line is about. @param toDo the line, if it may be something to do */
export function askWhichAsked(
  { items, typed, command }: ReturnType<typeof partnersAskedAbout>,
  toDo: string | undefined,
): Reply {
  const buttons: Button[] = [
    ...items.map(({ id, name }): Button => ({ label: name, command, args: { with: `#${id}` } })),
    ...(toDo === undefined ? [] : [toDoButton(toDo)]),
  ];
  return {
    text: rich`Which partner did you mean by "${quoteShort(typed)}"?`,
    card: [{ kind: 'buttons', buttons: [...buttons, cancelButton] }],
  };
}

/** Keeps a line as something to do. */
export const toDoButton = (line: string): Button => ({
  label: 'Something to do',
  command: 'followup add',
  args: { [WORDS]: line },
});

import { listText } from '../../base/text.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { type Person, people } from '../../domain/people/person.ts';
import { REPLACE } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { readPerson, who } from './show.ts';

/** Shows a sentence to send to somebody who is kept, or notes that they know. */
export const tellPerson = defineCommand({
  name: 'person tell',
  title: 'Tell somebody',
  summary: 'Get a sentence to send to somebody who is kept, so that they know',
  examples: [],
  args: {
    who,
    told: { kind: 'flag', summary: 'They know now' },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const person = await readPerson(args.who.id, member, deps);
    const name = bold(person.name);
    if (!args.told) {
      const told = {
        label: 'They know now',
        command: 'person tell',
        args: { who: `#${person.id}`, told: 'yes', [REPLACE]: 'yes' },
      };
      return {
        text: rich`You could send this to ${name}:`,
        card: [
          { kind: 'text', text: rich`${sentence(person, deps.partnership.name)}` },
          { kind: 'buttons', buttons: [told] },
        ],
      };
    }
    await updateWithRetry(deps.store.of(people), person.id, (row) => ({ ...row, toldOn: today }));
    return replyWithUndo(rich`Noted: ${name} knows since ${day(today)}.`, receipt);
  },
});

/** Says what is kept, and how to have it removed. */
function sentence({ phone, email, reach }: Person, partnership: string): string {
  const kept = [
    'your name and what you do',
    ...(phone ? ['your phone number'] : []),
    ...(email ? ['your e-mail address'] : []),
    ...(reach ? ['how you like to be reached'] : []),
  ];
  return `So that we stay in touch, ${partnership} keeps ${listText(kept, 'and')}, for our members only. If you would like to see it, or have it changed or removed, just tell me.`;
}

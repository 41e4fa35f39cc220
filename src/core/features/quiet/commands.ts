import { defineCommand } from '../../command/command.ts';
import type { Reply } from '../../message/reply.ts';
import { nobodyQuiet, quietCard } from './cards.ts';
import { later } from './later.ts';
import { countUndated, readQuiet } from './page.ts';

/** Who has gone quiet: those where the usual time since anyone spoke with them has passed. */
const quiet = defineCommand({
  name: 'quiet',
  summary: 'See which partners have gone quiet',
  examples: ['quiet', 'quiet mine:yes'],
  args: {
    mine: { kind: 'flag', summary: 'Only those you lead' },
    after: { kind: 'text', summary: 'Where the page before ended' },
  },
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member, today }, { store, directory }): Promise<Reply> {
    const mine = args.mine === true;
    const first = args.after === undefined;
    const lead = mine ? member.id : undefined;
    const page = await readQuiet({ today, after: args.after, lead }, store);
    const undated = first && !mine ? await countUndated(store) : 0;
    if (page.shown.length === 0) return nobodyQuiet(first, mine, undated);
    const onward = { ...(mine ? { mine: 'yes' } : {}), after: page.end ?? '' };
    const more = page.end ? { label: 'More', command: 'quiet', args: onward } : undefined;
    return quietCard({ shown: page.shown, more, first, undated }, today, directory);
  },
});

export const quietCommands = [quiet, later];

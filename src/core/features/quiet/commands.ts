import { defineCommand } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Reply } from '../../reply.ts';
import { bold, day, rich } from '../../rich-text.ts';
import { revise } from '../../store.ts';
import { changedReply } from '../partners/cards.ts';
import { partner } from '../partners/shared-args.ts';
import { partners } from '../partners/store.ts';
import { nobodyQuiet, quietCard, untilWhen } from './cards.ts';
import { countUndated, readQuiet } from './page.ts';
import { putOff } from './rules.ts';

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

/** Puts the next nudge about a quiet partner off. Only a real contact makes it quiet no longer. */
const later = defineCommand({
  name: 'quiet later',
  summary: 'Ask about a quiet partner again another time',
  examples: ['quiet later oakfield school by:"in 2 weeks"'],
  args: {
    with: partner,
    by: {
      kind: 'date',
      tense: 'future',
      summary: 'When to ask again',
      ask: 'When shall I ask again?',
    },
  },
  words: ['with'],
  audience: 'actor',
  guard: 'keep partners',
  writes: true,
  async run({ args, today, receipt }, { store }): Promise<Reply> {
    const { by } = args;
    if (!by) return untilWhen(args.with);
    const later = await revise(store.of(partners), args.with.id, (row) =>
      putOff(row, by.day, today),
    );
    if (!later) throw new UserError('That partner is gone. See who is quiet with quiet.');
    return changedReply(
      rich`I'll ask about ${bold(later.name)} again on ${day(by.day)}. It counts as quiet all the same.`,
      receipt,
    );
  },
});

export const quietCommands = [quiet, later];

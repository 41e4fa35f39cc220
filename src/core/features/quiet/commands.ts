import { quietRow, sinceContactText } from '../../cards/quiet-row.ts';
import { defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { later } from './later.ts';
import { countUndated, readQuiet } from './page.ts';

/** Lists the partners that have gone quiet. */
const quiet = defineCommand({
  name: 'quiet',
  summary: 'See which partners have gone quiet',
  phrases: [
    'who has gone quiet',
    'who is quiet',
    'who is going quiet',
    'gone quiet',
    'quiet partners',
    'who have we not spoken to',
    'who have we not spoken to lately',
    'who have we not spoken to for a while',
    'who have i not spoken to',
    'who have i not spoken to lately',
    'who have we not heard from',
    'who have we not heard from lately',
    'who have we not been in touch with',
    'who has not been in touch',
    'who has not been in touch lately',
    'who have we lost touch with',
    'who should i ring',
    'who should i call',
    'who should i contact',
    'who should i talk to',
    'who should we contact',
    'who should we ring',
    'who should we catch up with',
    'anyone we should catch up with',
    'anybody we should catch up with',
    'who do i need to ring',
    'who do i need to call',
    'who needs a call',
    'who needs a ring',
    'who is it time to ring',
  ],
  examples: ['who has gone quiet?', 'quiet mine:yes'],
  args: {
    mine: { kind: 'flag', summary: 'Only those you lead' },
    after: { kind: 'text', summary: 'Where the last page ended', fromButton: true },
  },
  audience: 'actor',
  guard: 'see the register',
  isList: true,
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
  async inChannel({ args, member, today }, { store, directory }): Promise<Reply> {
    const mine = args.mine === true;
    const lead = mine ? member.id : undefined;
    const page = await readQuiet({ today, after: args.after, lead }, store);
    // That somebody leads a partner says more of it than its name and the day of contact.
    const shown = page.shown.filter(({ id }) => !mine || !directory.tiedPartners.has(id));
    if (shown.length === 0) return nobodyQuiet(args.after === undefined, mine, 0);
    const lines = shown.map(
      (partner): Block => ({
        kind: 'text',
        text: rich`• ${bold(partner.name)}: ${sinceContactText(partner, today)}`,
      }),
    );
    return { text: rich`Gone quiet, the longest first. A quick hello is plenty.`, card: lines };
  },
});

/** One page of quiet partners. */
function quietCard(
  page: { shown: readonly Partner[]; more?: Button | undefined; first: boolean; undated: number },
  today: Day,
  directory: Directory,
): Reply {
  const { shown, more, first } = page;
  const buttons: Block[] = more ? [{ kind: 'buttons', buttons: [more] }] : [];
  return {
    text: first
      ? rich`Gone quiet, the longest first. A quick hello is plenty.`
      : rich`Gone quiet too:`,
    card: [
      ...shown.map((partner) => quietRow(partner, today, directory)),
      ...buttons,
      ...undatedNote(page.undated),
    ],
  };
}

/** The reply if no partner is quiet. */
function nobodyQuiet(first: boolean, mine: boolean, undated: number): Reply {
  if (!first) return { text: rich`That was the last of them.` };
  const which = mine ? 'None of the partners you lead' : 'No partner';
  return {
    text: rich`${which} has gone quiet. Well done.`,
    card: undatedNote(undated),
  };
}

/** A note about partners for which it is not known when they go quiet. */
function undatedNote(count: number): Block[] {
  if (count === 0) return [];
  const many = count === 1 ? '1 partner' : `${count} partners`;
  return [
    {
      kind: 'note',
      text: rich`I can't tell for ${many}: nobody has spoken with them yet, or they are resting. If you've spoken with one, please log it.`,
    },
  ];
}

export const quietCommands = [quiet, later];

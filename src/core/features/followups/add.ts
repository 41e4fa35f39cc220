import { by, repeat, until, who, whose } from '../../cards/followup-args.ts';
import { requestFollowup } from '../../cards/followup-requests.ts';
import { repeatSentence } from '../../cards/followup-row.ts';
import { interestSentence } from '../../cards/interest-text.ts';
import { promiseText } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { followups } from '../../domain/followups/followup.ts';
import { defaultBy, newFollowup, ownersFor, refusePast } from '../../domain/followups/rules.ts';
import { ownerZone } from '../../domain/followups/series.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import { FORM } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { insertOnce } from '../../ports/store.ts';
import { newSeries } from './start-series.ts';

/** Notes a promise outside a contact. */
export const addFollowup = defineCommand({
  name: 'followup add',
  summary: 'Note something that was promised',
  examples: [
    'followup add send the garden plan with:"riverside council" by:friday',
    'followup add ring the school by:"tomorrow 3pm"',
    'followup add put the bins out repeat:"every thursday at 7pm" until:"31 Mar"',
  ],
  args: {
    next: { kind: 'text', needed: true, summary: 'What was promised', ask: 'What was promised?' },
    with: { kind: 'partner', add: true, summary: 'The partner it is for', ask: 'Who with?' },
    by,
    who,
    whose,
    repeat,
    until,
    times: { kind: 'number', min: 2, max: 366, summary: 'If it repeats: how many times in all' },
  },
  words: ['next'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, now, today, receipt }, deps): Promise<Reply> {
    if (args.by) refusePast(args.by, now, today);
    if (args.with) await addIfNew(args.with, deps);
    const facts = {
      id: deps.id('followup'),
      title: args.next,
      partner: args.with?.id ?? null,
      contact: null,
      ours: args.whose !== 'theirs',
      createdBy: member.id,
      createdAt: now,
      ...ownersFor(member, args.who),
    };
    const bounds = { by: args.by, until: args.until?.day, times: args.times };
    const series = newSeries(args.repeat, bounds, facts, { now, zone: ownerZone(facts.who, deps) });
    const due = series?.due ?? args.by ?? defaultBy(today, deps.partnership);
    const row = await insertOnce(deps.store.of(followups), newFollowup(facts, due, series?.series));
    if (row.asked) await requestFollowup(row, member, deps);
    if (row.at) deps.wake();
    const owner = deps.directory.member(row.asked ?? row.who ?? '');
    const declared = await interestSentence(args.who, args.with?.id, deps);
    const change = {
      label: 'Change',
      command: 'followup edit',
      args: { which: `#${row.id}`, [FORM]: 'yes' },
    };
    const about = args.with ? rich` (${args.with.name})` : undefined;
    return {
      text: rich`Noted${about}. ${promiseText(row, owner, member)}${repeatSentence(row, today)}${declared}`,
      card: [{ kind: 'buttons', buttons: [change, undoButton(receipt)] }],
    };
  },
});

import { assignFollowup } from '../../cards/assign.ts';
import { dayButtons, readPromise } from '../../cards/day-in-promise.ts';
import * as shared from '../../cards/followup-args.ts';
import { repeatSentence } from '../../cards/followup-row.ts';
import { interestSentence } from '../../cards/interest-text.ts';
import { promiseAnswer } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { followups } from '../../domain/followups/followup.ts';
import { defaultBy, newFollowup, ownersFor, refusePast } from '../../domain/followups/rules.ts';
import { ownerZone } from '../../domain/followups/series.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import { CONFIRMED, FORM } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { partnerInWords } from '../../parsing/partner-in-words.ts';
import { insertOnce } from '../../ports/store.ts';
import { askWhetherAnother, sameOpen } from './same-open.ts';
import { newSeries, suggestRepeats } from './start-series.ts';

/** Notes a promise outside a contact. */
export const addFollowup = defineCommand({
  name: 'followup add',
  title: 'A new follow-up',
  summary: 'Note something that was promised',
  phrases: [
    'remind me to …',
    'i need to …',
    'do not forget to …',
    'i promised to …',
    'note to self …',
    'remind me about …',
    'remind me that …',
    'remind me …',
    'remember to …',
    'remember …',
    'do not let me forget to …',
    'do not forget …',
    'need to …',
    'have to …',
    'i have to …',
    'i have got to …',
    'i must …',
    'we must …',
    'i should …',
    'we should …',
    'i said i would …',
    'we promised to …',
    'we said we would …',
    'i promised …',
    'we promised …',
    'todo …',
    'to do …',
    'to-do …',
    'add a reminder to …',
    'add a reminder …',
    'set a reminder to …',
    'set a reminder for …',
    'make a note to …',
    'new task …',
    'add task …',
    'add a task …',
    'task …',
    'reminder …',
    { says: 'they promised to …', args: { whose: 'theirs' } },
    { says: 'they promised …', args: { whose: 'theirs' } },
    { says: 'they said they would …', args: { whose: 'theirs' } },
    { says: 'follow up with …', keepsLine: true },
    { says: 'follow up on …', keepsLine: true },
    { says: 'ring …', keepsLine: true },
    { says: 'phone …', keepsLine: true },
    { says: 'chase …', keepsLine: true },
    { says: 'send …', keepsLine: true },
    { says: 'book …', keepsLine: true },
    { says: 'buy …', keepsLine: true },
    { says: 'write to …', keepsLine: true },
    { says: 'get back to …', keepsLine: true },
    { says: 'arrange …', keepsLine: true },
    { says: 'organise …', keepsLine: true },
  ],
  examples: [
    'remind me to ring oakfield school tomorrow at 3',
    'followup add send the garden plan with:"riverside council" by:friday',
    'followup add ring the school by:"tomorrow 3pm"',
    'followup add put the bins out repeat:"every thursday at 7pm" until:"31 Mar"',
  ],
  args: {
    next: {
      kind: 'text',
      needed: true,
      summary: 'What was promised',
      ask: 'What was promised?',
      hint: '',
    },
    with: {
      kind: 'partner',
      add: true,
      summary: 'The partner it is for',
      ask: 'Who with?',
      hint: '',
    },
    by: shared.by,
    who: shared.who,
    whose: shared.whose,
    repeat: shared.repeat,
    until: shared.until,
    times: { kind: 'number', min: 2, max: 366, summary: 'If it repeats: how many times in all' },
  },
  words: ['next'],
  suggest: { repeat: suggestRepeats },
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, raw, member, now, zone, today, receipt }, deps): Promise<Reply> {
    const { partnership, directory } = deps;
    const context = { raw, now, zone, today, partnership, command: 'followup add', id: deps.id };
    const isTimeGiven = args.by !== undefined || args.repeat !== undefined;
    const words = isTimeGiven ? { title: args.next } : readPromise(args.next, true, context);
    const by = args.by ?? words.by;
    if (by) refusePast(by, now, today);
    if (args.with) await addIfNew(args.with, deps);
    const facts = {
      id: deps.id('followup'),
      title: words.title,
      partner: args.with?.id ?? null,
      contact: null,
      ours: args.whose !== 'theirs',
      createdBy: member.id,
      createdAt: now,
      ...ownersFor(member, args.who, deps.directory),
    };
    const bounds = { by, until: args.until?.day, times: args.times };
    const repeat = args.repeat ?? words.repeat;
    const series = newSeries(repeat, bounds, facts, { now, zone: ownerZone(facts.who, deps) });
    const due = series?.due ?? by ?? defaultBy(today, partnership);
    const fresh = newFollowup(facts, due, series?.series);
    const same = raw[CONFIRMED] === undefined ? await sameOpen(fresh, member, deps) : undefined;
    if (same) return askWhetherAnother(same, { raw, member }, deps);
    const row = await insertOnce(deps.store.of(followups), fresh);
    const assigned = await assignFollowup(row, member, deps);
    if (row.at) deps.wake();
    const promised = await promiseAnswer(row, member, deps, assigned);
    const declared = await interestSentence(args.who, args.with?.id, deps);
    const change = {
      label: 'Change',
      command: 'followup edit',
      args: { which: `#${row.id}`, [FORM]: 'yes' },
    };
    const about = args.with ? rich` (${args.with.name})` : undefined;
    const named = args.with ? undefined : partnerInWords(row.title, directory);
    const tie = named && {
      label: `Yes, for ${named.name}`,
      command: 'followup edit',
      args: { which: `#${row.id}`, with: `#${named.id}` },
    };
    const ask = named && rich` Is that for ${bold(named.name)}?`;
    const days = dayButtons(row.id, args.next, words, isTimeGiven, context);
    const buttons = [...promised.buttons, ...(tie ? [tie] : []), ...days, change];
    return {
      text: rich`Noted${about}. ${promised.text}${repeatSentence(row, today)}${declared}${ask}`,
      card: [{ kind: 'buttons', buttons: [...buttons, undoButton(receipt)] }],
    };
  },
});

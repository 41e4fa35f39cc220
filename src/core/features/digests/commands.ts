import { undoButton } from '../../cards/changed-reply.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { dayOf } from '../../dates/day.ts';
import { type DigestRhythm, digestId, digests, rhythms } from '../../domain/digests/digest.ts';
import { switchOff } from '../../domain/digests/switch.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { Question } from '../../message/user-error.ts';
import { digestCard } from './cards.ts';
import { gatherFacts } from './gather.ts';
import { periodUntil } from './period.ts';
import { scheduleCommand } from './schedule-command.ts';

const which = {
  kind: 'choice',
  choices: rhythms,
  summary: 'The weekly one, if nothing is said, or the monthly',
} as const;

const shown = { which };

const preview = defineCommand({
  name: 'digest preview',
  summary: 'See what the digest would say now, without posting it',
  examples: ['digest preview', 'digest preview monthly'],
  args: shown,
  words: ['which'],
  audience: 'actor',
  guard: 'see the register',
  run: digestNow,
});

const postNow = defineCommand({
  name: 'digest now',
  summary: 'Post the digest here, now',
  examples: ['digest now', 'digest now monthly'],
  args: shown,
  words: ['which'],
  audience: 'everyone',
  guard: 'coordinate',
  run: digestNow,
});

const off = defineCommand({
  name: 'digest off',
  summary: 'Stop the weekly or the monthly digest',
  examples: ['digest off', 'digest off which:monthly'],
  args: { which: { ...which, summary: 'Weekly or monthly, where both are on' } },
  words: ['which'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const rhythm = args.which ?? (await theOneThatIsOn(deps));
    if (!rhythm) return { text: rich`No digest is scheduled, so there is nothing to stop.` };
    if (!(await switchOff(rhythm, deps)))
      return { text: rich`No ${rhythm} digest is scheduled, so there is nothing to stop.` };
    return {
      text: rich`The ${rhythm} digest is off. Bring it back with digest schedule.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

export const digestCommands = [scheduleCommand, preview, postNow, off];

/** @throws Question when both are on. */
async function theOneThatIsOn({ store, partnership }: Deps): Promise<DigestRhythm | undefined> {
  const id = rhythms.map((rhythm) => digestId(partnership.id, rhythm));
  const rows = await store.of(digests).find({ index: 'byId', where: { id } });
  const on = rhythms.filter((rhythm) =>
    rows.some((row) => row.id === digestId(partnership.id, rhythm) && row.nextAt !== null),
  );
  if (on.length < 2) return on[0];
  const buttons = on.map((rhythm) => ({
    label: `The ${rhythm} one`,
    command: 'digest off',
    args: { which: rhythm },
  }));
  throw new Question({
    text: rich`Which digest shall I stop? Both are on.`,
    card: [
      { kind: 'buttons', buttons: [...buttons, { label: 'Cancel', command: 'cancel', args: {} }] },
    ],
  });
}

async function digestNow({ args, now }: Call<typeof shown>, deps: Deps): Promise<Reply> {
  const { partnership, directory, store } = deps;
  const rhythm = args.which ?? 'weekly';
  const period = periodUntil(rhythm, dayOf(now, partnership.zone));
  const facts = await gatherFacts(period, partnership.zone, store);
  return digestCard(facts, period.word, partnership.name, directory);
}

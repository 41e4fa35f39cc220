import { idFromReference } from '../../base/id.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** What both answers to my question about a digest share. */
const answersDigestQuestion = {
  examples: [],
  args: {
    which: { kind: 'text', needed: true, summary: 'The digest. Its button fills this in' },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
} as const;

/** Posts a digest again after the coordinator has looked and it is not there. */
const repost = defineCommand({
  name: 'digest repost',
  summary: "Post a digest again if it didn't arrive (I ask you if I can't tell)",
  ...answersDigestQuestion,
  async run({ args: { which }, now }, deps): Promise<Reply> {
    await resolveUnknown(which, deps, (row) => ({ ...row, state: 'prepared', nextRunAt: now }));
    deps.wake();
    return { text: rich`Thanks for looking. I'm posting it now.` };
  },
});

/** Leaves a digest unposted: it is there after all, or not needed. */
const leave = defineCommand({
  name: 'digest leave',
  summary: "Leave a digest as it is if I can't tell whether it arrived",
  ...answersDigestQuestion,
  async run({ args: { which } }, deps): Promise<Reply> {
    const reason = "I couldn't tell whether it was posted, and a coordinator left it at that.";
    await resolveUnknown(which, deps, (row) => ({ ...row, state: 'permanent', reason }));
    return { text: rich`Thanks for looking. I'll leave it as it is.` };
  },
});

async function resolveUnknown(
  which: string,
  { store }: Pick<Deps, 'store'>,
  change: (row: Delivery) => Delivery,
): Promise<void> {
  const id = idFromReference(which);
  const decide = (row: Delivery) => {
    if (row.kind === 'digest' && row.state === 'unknown') return change(row);
    throw new UserError('That was decided already. Nothing has changed.');
  };
  if (id && (await updateWithRetry(store.of(deliveries), id, decide))) return;
  throw new UserError(
    "I can't find that digest. Please use the buttons below my question about it.",
  );
}

export const deliveryCommands = [repost, leave];

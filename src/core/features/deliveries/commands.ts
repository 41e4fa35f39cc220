import { idIn } from '../../base/id.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** What a coordinator presses in answer to a question about a digest. */
const answer = {
  examples: [],
  args: {
    which: { kind: 'text', needed: true, summary: 'Which digest, as its button names it' },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
} as const;

/** A digest of which nobody knew whether it was posted: the coordinator has looked, and it is not there. */
const repost = defineCommand({
  name: 'digest repost',
  summary: 'Post a digest again that did not arrive (I ask when I cannot tell)',
  ...answer,
  async run({ args: { which }, now }, deps): Promise<Reply> {
    await settleUnknown(which, deps, (row) => ({ ...row, state: 'prepared', nextRunAt: now }));
    deps.wake();
    return { text: rich`Thanks for looking. I'm posting it now.` };
  },
});

/** It is there after all, or need not be. */
const leave = defineCommand({
  name: 'digest leave',
  summary: 'Leave a digest as it is when I cannot tell whether it arrived',
  ...answer,
  async run({ args: { which } }, deps): Promise<Reply> {
    const reason = 'Nobody knew whether it was posted, and a coordinator left it so.';
    await settleUnknown(which, deps, (row) => ({ ...row, state: 'permanent', reason }));
    return { text: rich`Thanks for looking. I leave it as it is.` };
  },
});

export const deliveryCommands = [repost, leave];

async function settleUnknown(
  which: string,
  { store }: Pick<Deps, 'store'>,
  settled: (row: Delivery) => Delivery,
): Promise<void> {
  const id = idIn(which);
  const settle = (standing: Delivery) => {
    if (standing.kind === 'digest' && standing.state === 'unknown') return settled(standing);
    throw new UserError('That has been settled already. Nothing has changed.');
  };
  if (id && (await updateWithRetry(store.of(deliveries), id, settle))) return;
  throw new UserError('I know no such digest. Use the buttons of my question about it.');
}

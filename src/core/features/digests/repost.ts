import { idFromReference } from '../../base/id.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { digestRhythmOf, digests } from '../../domain/digests/digest.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { digestCard } from './cards.ts';
import { gatherDigestFacts } from './gather.ts';
import { figureItems, readDigestWindow, wasPostedSince } from './window.ts';

/** What both answers to my question about a digest share. */
const answersDigestQuestion = {
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'The digest. Its button fills this in',
      fromButton: true,
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
} as const;

/**
 * Posts a digest that did not arrive: it could not be posted, or a coordinator has looked because Convenor could not tell.
 */
const repost = defineCommand({
  name: 'digest repost',
  summary: "Post a digest again if it didn't arrive (I ask you if I can't tell)",
  ...answersDigestQuestion,
  async run({ args: { which }, now }, deps): Promise<Reply> {
    const failed = await failedDigest(which, deps);
    const post = failed && (await composeAgain(failed, deps));
    const waiting = { state: 'prepared', nextRunAt: now, reason: null } as const;
    await resolveUnknown(which, deps, (row) =>
      row.state === 'permanent' ? { ...row, ...post, ...waiting } : { ...row, ...waiting },
    );
    deps.wake();
    return failed
      ? { text: rich`I'm posting it now. If it doesn't work, I'll tell you.` }
      : { text: rich`Thanks for looking. I'm posting it now.` };
  },
});

/** The ledger row of a digest that the platform has refused; undefined if it is another one. */
async function failedDigest(which: string, { store }: Deps): Promise<Delivery | undefined> {
  const id = idFromReference(which);
  const row = id ? await store.of(deliveries).get(id) : undefined;
  return row && isRefusedDigest(row) ? row : undefined;
}

/** One that was refused has no words; those of a digest that a coordinator has left alone are kept. */
const isRefusedDigest = ({ kind, state, reply }: Delivery): boolean =>
  kind === 'digest' && state === 'permanent' && reply === null;

/**
 * What the digest says, as of its own time, and the channel that digests go to now.
 * @throws UserError if a later digest has said it.
 */
async function composeAgain(
  { subject, occurrence, address }: Delivery,
  deps: Deps,
): Promise<Pick<Delivery, 'reply' | 'items' | 'address'>> {
  const { store, partnership, directory, now } = deps;
  const dueAt = new Date(occurrence);
  if (await wasPostedSince(subject, dueAt, store))
    throw new UserError('A later digest has been posted since, with the same news in it.');
  const digest = await store.of(digests).get(subject);
  const window = await readDigestWindow(
    digest ? digestRhythmOf(digest) : 'weekly',
    { now, dueAt },
    deps,
  );
  const facts = await gatherDigestFacts(window, store);
  return {
    reply: digestCard(facts, window, partnership.name, directory),
    items: figureItems(facts, window),
    address: digest ? { to: 'channel', channel: digest.channel } : address,
  };
}

/** Leaves a digest unposted: it is there after all, or not needed. */
const leave = defineCommand({
  name: 'digest leave',
  summary: "Leave a digest as it is if I can't tell whether it arrived",
  ...answersDigestQuestion,
  async run({ args: { which } }, deps): Promise<Reply> {
    const reason = "I couldn't tell whether it was posted, and a coordinator left it at that.";
    await resolveUnknown(which, deps, (row) =>
      row.state === 'permanent' ? row : { ...row, state: 'permanent', reason },
    );
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
    const isOpen = row.kind === 'digest' && row.state === 'unknown';
    if (isOpen || isRefusedDigest(row)) return change(row);
    throw new UserError('That was decided already. Nothing has changed.');
  };
  if (id && (await updateWithRetry(store.of(deliveries), id, decide))) return;
  throw new UserError(
    "I can't find that digest. Please use the buttons below my question about it.",
  );
}

export const repostCommands = [repost, leave];

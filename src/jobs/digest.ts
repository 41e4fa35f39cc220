import { deliveries, skippedDelivery } from '../core/domain/deliveries/delivery.ts';
import {
  type Digest,
  type DigestRhythm,
  digestRhythmOf,
  digests,
} from '../core/domain/digests/digest.ts';
import { scheduleDigest } from '../core/domain/digests/schedule.ts';
import { digestCard, silenceCard } from '../core/features/digests/cards.ts';
import { gatherDigestFacts, hasNews } from '../core/features/digests/gather.ts';
import { figureItems, readDigestWindow } from '../core/features/digests/window.ts';
import { insertOnce } from '../core/ports/store.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';

/** After a downtime a digest is posted only if it is less late than this (ms): a day. */
const MAX_LATENESS_MS = 86_400_000;
/** After how many periods without news a digest says so: four weeks, or a month. */
const PERIODS_BEFORE_NO_NEWS_POST: { readonly [rhythm in DigestRhythm]: number } = {
  weekly: 4,
  monthly: 1,
};

/** The weekly or monthly post to a channel. */
export const digestHandler: DueRowHandler<Digest> = {
  name: 'digest',
  rows: digests,
  repeatWhenUnknown: false,
  lowPriority: true,
  dueAt: (row) => row.nextAt,
  occurrence: (row) => row.nextAt?.toISOString() ?? '',
  async composeReply(row, context) {
    if (!row.nextAt) return undefined;
    if (isTooLate(row, context)) {
      await recordSkipped(row, context);
      return undefined;
    }
    const rhythm = digestRhythmOf(row);
    const { partnership, directory, store, now } = context;
    const window = await readDigestWindow(rhythm, { now, dueAt: row.nextAt }, context);
    const facts = await gatherDigestFacts(window, store);
    const items = figureItems(facts, window);
    if (hasNews(facts))
      return post(row, digestCard(facts, window, partnership.name, directory), items);
    const silent = row.silent + 1;
    if (silent % PERIODS_BEFORE_NO_NEWS_POST[rhythm] !== 0) return undefined;
    return post(row, silenceCard(silent, rhythm, partnership.name), items);
  },
  advance(row, context, hadMessage) {
    // A missed posting is not counted: nobody looked whether there was news.
    const silent = hadMessage ? 0 : row.silent + (isTooLate(row, context) ? 0 : 1);
    return scheduleDigest({ ...row, silent }, context.partnership, context.now);
  },
};

function isTooLate({ nextAt }: Digest, { now }: JobContext): boolean {
  return nextAt !== null && now.getTime() - nextAt.getTime() > MAX_LATENESS_MS;
}

/** Records in the ledger that this digest will not come, so that `why` can tell. */
async function recordSkipped(row: Digest, { store, now }: JobContext): Promise<void> {
  const name = { kind: 'digest', subject: row.id, occurrence: digestHandler.occurrence(row) };
  const skipped = skippedDelivery(
    store.partnership,
    { ...name, recipient: channelKey(row) },
    { reason: 'I was not running at the time, and it was more than a day late.', at: now },
  );
  await insertOnce(store.of(deliveries), skipped);
}

function channelKey({ channel: { platform, workspace, channel } }: Digest): string {
  return `${platform}/${workspace}/${channel}`;
}

function post(row: Digest, reply: Message['reply'], items: string[]): Message {
  return {
    recipient: channelKey(row),
    address: { to: 'channel', channel: row.channel },
    reply,
    items,
  };
}

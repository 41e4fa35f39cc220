import { dayOf } from '../core/dates/day.ts';
import { deliveries } from '../core/domain/deliveries/delivery.ts';
import { skippedDelivery } from '../core/domain/deliveries/enqueue-notice.ts';
import {
  type Digest,
  type DigestRhythm,
  digests,
  rhythmOf,
} from '../core/domain/digests/digest.ts';
import { scheduleDigest } from '../core/domain/digests/schedule.ts';
import { digestCard, silenceCard } from '../core/features/digests/cards.ts';
import { gatherFacts, worthSaying } from '../core/features/digests/gather.ts';
import { periodOfPosting } from '../core/features/digests/period.ts';
import { insertOnce } from '../core/ports/store.ts';
import type { DueRowHandler, JobContext, Message } from './due-row-handler.ts';

/** After a downtime a digest is posted only if it is less late than this (ms): a day. */
const TOO_LATE = 86_400_000;
/** After how many periods with nothing to say the silence itself is said: four weeks, or a month. */
const SILENT: { readonly [rhythm in DigestRhythm]: number } = { weekly: 4, monthly: 1 };

/** The weekly or monthly post to a channel. */
export const digest: DueRowHandler<Digest> = {
  name: 'digest',
  rows: digests,
  repeatWhenUnknown: false,
  lowPriority: true,
  dueAt: (row) => row.nextAt,
  occurrence: (row) => row.nextAt?.toISOString() ?? '',
  async composeReply(row, scene) {
    if (!row.nextAt) return undefined;
    if (isTooLate(row, scene)) {
      await noteSkipped(row, scene);
      return undefined;
    }
    const { name, zone } = scene.partnership;
    const period = periodOfPosting(row, dayOf(row.nextAt, zone));
    const facts = await gatherFacts(period, zone, scene.store);
    if (worthSaying(facts)) return post(row, digestCard(facts, period.word, name, scene.directory));
    if ((row.silent + 1) % SILENT[rhythmOf(row)] !== 0) return undefined;
    return post(row, silenceCard(row.silent + 1, period.word, name));
  },
  advance(row, scene, said) {
    // A posting that was missed tells nothing about how silent it was.
    const silent = said ? 0 : row.silent + (isTooLate(row, scene) ? 0 : 1);
    return scheduleDigest({ ...row, silent }, scene.partnership, scene.now);
  },
};

function isTooLate({ nextAt }: Digest, { now }: JobContext): boolean {
  return nextAt !== null && now.getTime() - nextAt.getTime() > TOO_LATE;
}

/** The ledger keeps what was owed and will not come, for `why`. */
async function noteSkipped(row: Digest, { store, now }: JobContext): Promise<void> {
  const name = { kind: 'digest', subject: row.id, occurrence: digest.occurrence(row) };
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

function post(row: Digest, reply: Message['reply']): Message {
  return {
    recipient: channelKey(row),
    address: { to: 'channel', channel: row.channel },
    reply,
    items: [],
  };
}

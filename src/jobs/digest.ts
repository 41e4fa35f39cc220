import { dayOf } from '../core/dates/day.ts';
import { digestCard, silenceCard } from '../core/features/digests/cards.ts';
import { gatherWeek, worthSaying } from '../core/features/digests/gather.ts';
import { scheduleDigest } from '../core/features/digests/schedule.ts';
import { type Digest, digests } from '../core/features/digests/store.ts';
import type { Kind, Message } from './kind.ts';

/** After a downtime a digest is posted only if it is less late than this (ms): a day. */
const TOO_LATE = 86_400_000;
/** After how many weeks with nothing to say the silence itself is said. */
const SILENT_WEEKS = 4;

/** The weekly post to a channel. */
export const digest: Kind<Digest> = {
  name: 'digest',
  rows: digests,
  repeatWhenUnknown: false,
  dueAt: (row) => row.nextAt,
  occurrence: (row) => row.nextAt?.toISOString() ?? '',
  async compose(row, scene) {
    if (!row.nextAt || scene.now.getTime() - row.nextAt.getTime() > TOO_LATE) return undefined;
    const today = dayOf(row.nextAt, scene.partnership.zone);
    const week = await gatherWeek(today, row.nextAt, scene.store);
    const { name } = scene.partnership;
    if (worthSaying(week)) return post(row, digestCard(week, name, scene.directory));
    if ((row.silent + 1) % SILENT_WEEKS !== 0) return undefined;
    return post(row, silenceCard(row.silent + 1, name));
  },
  moveOn: (row, { partnership, now }, said) =>
    scheduleDigest({ ...row, silent: said ? 0 : row.silent + 1 }, partnership, now),
};

function post(row: Digest, reply: Message['reply']): Message {
  const { platform, workspace, channel } = row.channel;
  return {
    recipient: `${platform}/${workspace}/${channel}`,
    address: { to: 'channel', channel: row.channel },
    reply,
    items: [],
  };
}

import { enqueueCoordinatorNotices } from '../../core/domain/deliveries/enqueue-notice.ts';
import { isActiveCoordinator } from '../../core/domain/members/member.ts';
import { partners } from '../../core/domain/partners/partner.ts';
import { noteRetentions } from '../../core/domain/retention/note-retention.ts';
import { retentionScheduleId } from '../../core/domain/retention/schedule.ts';
import { MAX_PARTNERS_SHOWN, removalNotice } from '../../core/features/retention/cards.ts';
import { getAll } from '../../core/ports/store.ts';
import type { BatchResult, RetentionStep } from './step.ts';

/** Tells the coordinators, in one message, about which partners notes will be removed in a month. */
export const noticeStep: RetentionStep = {
  name: 'notice',
  async runBatch({ store, partnership, directory, now, night }): Promise<BatchResult> {
    const rows = store.of(noteRetentions);
    const query = { index: 'byTold', where: { toldOn: night } } as const;
    const planned = (await rows.find(query, MAX_PARTNERS_SHOWN)).rows;
    if (planned.length === 0) return { removed: 0 };
    const count = await rows.count(query);
    const found = await getAll(
      store.of(partners),
      planned.map(({ id }) => id),
    );
    // One text goes to all of them, so it leaves out what is hidden from any member.
    const hidden = directory.tiedPartners;
    const removal = { planned, partners: found, count, today: night, hidden };
    const reply = removalNotice(removal, partnership);
    const coordinators = directory.members.filter(isActiveCoordinator);
    const subject = retentionScheduleId(partnership.id);
    // No wake: the next sweep finds the notices soon enough.
    const deps = { store, wake: () => {} };
    const notice = {
      subject,
      occurrence: `removal:${night}`,
      reply,
      at: now,
    };
    await enqueueCoordinatorNotices(coordinators, notice, deps);
    return { removed: 0 };
  },
};

import { type DataRequest, dataRequests } from '../core/domain/data-requests/data-request.ts';
import { enqueueCoordinatorNotices } from '../core/domain/deliveries/enqueue-notice.ts';
import { isActiveCoordinator } from '../core/domain/members/member.ts';
import { requestNotice } from '../core/features/data/cards.ts';
import type { DueRowHandler } from './due-row-handler.ts';

/** Reminds the coordinators of a request about somebody's details, a week before its last day. */
export const dataRequestHandler: DueRowHandler<DataRequest> = {
  name: 'data-request',
  rows: dataRequests,
  repeatWhenUnknown: false,
  dueAt: ({ state, remindAt }) => (state === 'open' ? remindAt : null),
  occurrence: ({ remindAt }) => `${remindAt?.toISOString()}`,
  async composeReply(row, { store, directory, now }) {
    const reply = requestNotice(row, true);
    const notice = {
      subject: row.id,
      occurrence: 'reminder',
      reply,
      at: now,
    };
    const coordinators = directory.members.filter(isActiveCoordinator);
    await enqueueCoordinatorNotices(coordinators, notice, { store, wake: () => {} });
    return undefined;
  },
  advance: (row) => ({ ...row, remindAt: null, nextRunAt: null, claim: null, sending: null }),
};

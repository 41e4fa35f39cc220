import { type DataRequest, dataRequests } from '../core/domain/data-requests/data-request.ts';
import { enqueueNotice } from '../core/domain/deliveries/enqueue-notice.ts';
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
    for (const { id: recipient } of directory.members.filter(isActiveCoordinator)) {
      const notice = { subject: row.id, occurrence: 'reminder', recipient, reply, at: now };
      await enqueueNotice(notice, { store, wake: () => {} });
    }
    return undefined;
  },
  advance: (row) => ({ ...row, remindAt: null, nextRunAt: null, claim: null, sending: null }),
};

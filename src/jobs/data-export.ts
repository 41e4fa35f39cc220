import { derivedId } from '../core/base/id.ts';
import { dayOf } from '../core/dates/day.ts';
import { type DataExport, dataExports } from '../core/domain/data-exports/data-export.ts';
import { enqueueCoordinatorNotices } from '../core/domain/deliveries/enqueue-notice.ts';
import { recordDataEvent } from '../core/domain/history/history-entry.ts';
import { isActiveCoordinator, type Member } from '../core/domain/members/member.ts';
import { viewerOf } from '../core/domain/members/visibility.ts';
import { sendFile } from '../core/domain/outgoing-files/outgoing-file.ts';
import { allPersonalData } from '../core/domain/personal-data/declarations.ts';
import { exportReadyReply, reviewNotice } from '../core/features/data/cards.ts';
import { gatherData } from '../core/features/data/gather.ts';
import { openOwnRequest } from '../core/features/data/requests.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';

/**
 * Puts together the file of what is held on somebody, and queues it. It may take longer than a lease: then another
 * worker does the same, and writes the same rows.
 */
export const dataExportHandler: DueRowHandler<DataExport> = {
  name: 'data-export',
  rows: dataExports,
  repeatWhenUnknown: false,
  dueAt: ({ createdAt }) => createdAt,
  occurrence: ({ id }) => id,
  async composeReply(row, context) {
    const { store, directory } = context;
    const recipient = directory.member(row.recipient);
    const subject = row.member ? directory.member(row.member) : undefined;
    const isAsked = recipient && (subject?.id === recipient.id || isActiveCoordinator(recipient));
    // Somebody who was a coordinator when they asked may not be one any more.
    if (isAsked) await writeFile(row, recipient, subject ?? null, context);
    await store.of(dataExports).remove(row.id);
    return undefined;
  },
  // The row is gone, unless another worker has it.
  advance: (row) => row,
};

async function writeFile(
  { id, name }: DataExport,
  recipient: Member,
  subject: Member | null,
  context: JobContext,
): Promise<void> {
  const { store, partnership, now } = context;
  const personalData = allPersonalData(context.adapterPersonalData);
  const question = { name, subject, recipient };
  const { file, places, toReview } = await gatherData(question, { ...context, personalData });
  const isOwn = subject?.id === recipient.id;
  const event = { id: `exported-${id}`, event: 'exported' } as const;
  const about = subject?.id ?? partnership.id;
  await recordDataEvent(
    { ...event, subject: about, actor: recipient.id, at: now, count: places },
    store,
  );
  if (isOwn && toReview > 0) await askForReview(id, subject, toReview, context);
  const reply = exportReadyReply(isOwn);
  const deps = { store, now, wake: () => {} };
  const viewer = viewerOf(recipient, context.directory);
  await sendFile({ key: id, recipient: recipient.id, file, reply, viewer }, deps);
}

/** Opens a request for what was left out of a member's own file, and tells the coordinators. */
async function askForReview(
  key: string,
  { id: member, name }: Member,
  toReview: number,
  { store, directory, partnership, now }: JobContext,
): Promise<void> {
  const { zone } = partnership;
  const request = await openOwnRequest(
    {
      id: derivedId('own-data-request', partnership.id, key),
      ...{ name, member, notedBy: member },
      askedOn: dayOf(now, zone),
    },
    { store, zone, now },
  );
  if (!request) return;
  const reply = reviewNotice(request, toReview);
  const notice = {
    subject: request.id,
    occurrence: 'review',
    reply,
    at: now,
  };
  const coordinators = directory.members.filter(isActiveCoordinator);
  await enqueueCoordinatorNotices(coordinators, notice, { store, wake: () => {} });
}

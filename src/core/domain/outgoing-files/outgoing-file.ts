import { derivedId } from '../../base/id.ts';
import type { Reply } from '../../message/reply.ts';
import type { FileContent } from '../../ports/platform.ts';
import { type DueRow, defineCollection, insertOnce } from '../../ports/store.ts';
import { type DeliveryName, deliveryId } from '../deliveries/delivery.ts';
import { roles } from '../members/rights.ts';
import type { Viewer } from '../members/visibility.ts';
import type { WriteContext } from '../partnerships/write-context.ts';

/** How long a file stays in the recipient's direct messages, and how long a platform may fail to take it (ms): a day. */
const FILE_KEPT_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The part of a {@link Viewer} that decides what is in a file. */
interface ReadAs {
  role: Viewer['role'];
  hiddenPartners: string[];
}

/**
 * A file for one member, sent by direct message. `waiting`: to be sent. `sent`: with the recipient, until it is deleted.
 * `removed`: it is gone, or was never sent. The content is kept until then, so that an erasure finds who is in it.
 */
export interface OutgoingFile extends DueRow {
  state: 'waiting' | 'sent' | 'removed';
  /** Member id. */
  recipient: string;
  name: string;
  /** Its media type. */
  type: string;
  /** What is in it: the text of a text file, other bytes in base64; null once it is gone. */
  content: string | null;
  /**
   * What its recipient could see when it was put together. If they may see less by the time it is sent, it is not sent.
   * Null: it does not matter.
   */
  readAs: ReadAs | null;
  /** What is said with it. The message adds when the file will be deleted. */
  reply: Reply | null;
  createdAt: Date;
  /** When the file is deleted from the recipient's direct messages. */
  removeAt: Date;
}

export const outgoingFiles = defineCollection<OutgoingFile>()({
  name: 'outgoingFiles',
  scope: 'partnership',
  fields: {
    state: 'text',
    recipient: 'text',
    name: 'text',
    type: 'text',
    content: 'text',
    readAs: 'data',
    reply: 'data',
    createdAt: 'moment',
    removeAt: 'moment',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {
    byRecipient: { on: ['recipient', 'createdAt'] },
    /** Finished rows have no `nextRunAt`. */
    byFinished: { on: ['nextRunAt', 'createdAt'] },
  },
});

/** The kind of a file's delivery, and the occurrence of the one time that it is sent. */
export const FILE_DELIVERY = 'file';
export const FILE_SENT = 'send';

/** The id of the delivery of a file. */
export function fileDeliveryId(
  partnership: string,
  { id, recipient }: Pick<OutgoingFile, 'id' | 'recipient'>,
): string {
  const name: DeliveryName = {
    kind: FILE_DELIVERY,
    subject: id,
    occurrence: FILE_SENT,
    recipient,
  };
  return deliveryId(partnership, name);
}

/**
 * Queues a file to be sent to a member by direct message, at once and also in quiet hours: they have asked for it. A
 * day later it is deleted there.
 * @param key identifies the file: the same key sends it once.
 * @param viewer as whom the recipient may read what is in it; undefined: that does not matter.
 */
export async function sendFile(
  {
    key,
    recipient,
    file,
    reply,
    viewer,
  }: {
    key: string;
    recipient: string;
    file: FileContent;
    reply: Reply;
    viewer?: Viewer;
  },
  { store, now, wake }: Pick<WriteContext, 'store' | 'now' | 'wake'>,
): Promise<void> {
  const removeAt = now.getTime() + FILE_KEPT_MS;
  await insertOnce(store.of(outgoingFiles), {
    id: derivedId('outgoing-file', store.partnership, key),
    state: 'waiting',
    recipient,
    name: file.name,
    type: file.type,
    content: Buffer.from(file.bytes).toString(encodingOf(file)),
    readAs: viewer ? { role: viewer.role, hiddenPartners: [...viewer.hiddenPartners] } : null,
    reply,
    createdAt: now,
    removeAt: new Date(removeAt - (removeAt % MINUTE_MS)),
    nextRunAt: now,
    claim: null,
    sending: null,
  });
  wake();
}

/** Whether its recipient may see less now than when the file was put together. */
export function isBeyond({ readAs = null }: OutgoingFile, viewer: Viewer): boolean {
  if (!readAs) return false;
  const hasLessRights = roles.indexOf(viewer.role) < roles.indexOf(readAs.role);
  return (
    hasLessRights || [...viewer.hiddenPartners].some((id) => !readAs.hiddenPartners.includes(id))
  );
}

/** The file of a row. */
export function contentOf({ name, type, content }: OutgoingFile): FileContent {
  return { name, type, bytes: Buffer.from(content ?? '', encodingOf({ type })) };
}

const encodingOf = ({ type }: Pick<FileContent, 'type'>) =>
  type.startsWith('text/') ? 'utf8' : 'base64';

/** The file as it is due to be deleted at once: somebody in it was erased. One that still waits is sent as it is now. */
export function removeNow(file: OutgoingFile): OutgoingFile {
  const { state, createdAt } = file;
  return state === 'sent' ? { ...file, removeAt: createdAt, nextRunAt: createdAt } : file;
}

import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { withTimeout } from '../../../core/async/with-timeout.ts';
import type { FileContent } from '../../../core/ports/platform.ts';
import { cachedLookup } from '../../shared/clock-cache.ts';

/** How long one try waits for an upload. The upload goes on after that, and the next try finds it. */
const WAIT_PER_TRY_MS = 800;

/** A slow line may take this long for a file. */
const UPLOAD_TIMEOUT_MS = 60_000;

const MAX_UPLOADS = 100;

/**
 * Files that are at Slack already, but that nobody sees yet. Slack drops a file that is never shared, so that an upload
 * can be repeated: https://docs.slack.dev/messaging/working-with-files#uploading_files
 */
export interface FileUploads {
  /**
   * Uploads the file of a delivery, unless that was done before.
   * @returns Slack's id of the file; `TIMED_OUT` while the upload is still running.
   * @throws what the client throws.
   */
  idOf(
    delivery: string,
    file: FileContent,
    client: WebClient,
  ): ReturnType<typeof withTimeout<string>>;
  /** Has to be called before the file is shared: a shared file must not be shared again. */
  forget(delivery: string): void;
}

export function fileUploads(): FileUploads {
  const uploads = new LRUCache<string, Promise<string>>({ max: MAX_UPLOADS });
  return {
    idOf(delivery, file, client) {
      const running = cachedLookup(uploads, delivery, () => upload(file, client));
      return withTimeout(WAIT_PER_TRY_MS, running);
    },
    forget: (delivery) => void uploads.delete(delivery),
  };
}

async function upload({ name, bytes }: FileContent, client: WebClient): Promise<string> {
  const asked = { filename: name, length: bytes.length };
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal(asked);
  if (url === undefined || id === undefined) throw new Error('Slack gave no address to upload to.');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`Slack answered an upload with ${answer.status}.`);
  return id;
}

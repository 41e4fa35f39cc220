import { MAX_FILE_BYTES } from './file-text.ts';

/** For the whole file. */
const DOWNLOAD_TIMEOUT_MS = 10_000;

/**
 * Downloads a file that somebody has attached: no more of it than {@link MAX_FILE_BYTES} and a part. Redirects are not
 * followed, so that a token in the headers goes to no other address.
 * @throws if it does not come in time.
 */
export async function downloadFile(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const response = await fetch(url, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
  });
  if (!response.ok || !response.body)
    throw new Error(`An attached file was answered with ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_FILE_BYTES) break;
  }
  return Buffer.concat(chunks);
}

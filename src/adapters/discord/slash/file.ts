import type { RawArgs } from '../../../core/message/invocation.ts';
import type { AttachmentData } from '../payloads.ts';
import type { Said } from './said.ts';

/** The most bytes that are read: more than any arg takes, so that core can say what is too long. */
const MOST_BYTES = 4_200_000;
/** How long Discord may take to give a file (ms). */
const PATIENCE = 10_000;

/** The args of something said, with the words of its attached files. @throws when one cannot be had. */
export async function withFiles(
  { args, files }: Said,
  attached: { readonly [id: string]: AttachmentData },
): Promise<RawArgs> {
  const found = Object.entries(files).flatMap(([arg, id]) => {
    const file = attached[id];
    return file ? [[arg, file.url] as const] : [];
  });
  const read = found.map(async ([arg, url]) => [arg, await textAt(url)] as const);
  return { ...args, ...Object.fromEntries(await Promise.all(read)) };
}

async function textAt(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok || !response.body) throw new Error('Discord does not give an attached file.');
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES) break;
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

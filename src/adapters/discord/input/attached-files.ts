import type { RawArgs } from '../../../core/message/invocation.ts';
import { fileText, MAX_FILE_BYTES } from '../../shared/files/file-text.ts';
import type { CommandWithFiles } from '../render/form.ts';
import type { AttachmentData } from './payloads.ts';

const FILE_TIMEOUT_MS = 10_000;

/**
 * The args of a command, with the text of its attached files.
 * @param attachments by id.
 * @throws UserError for a file that is no text and no workbook; an error if Discord does not return it.
 */
export async function argsWithFiles(
  { args, files }: CommandWithFiles,
  attachments: { readonly [id: string]: AttachmentData },
): Promise<RawArgs> {
  const attached = Object.entries(files).flatMap(([arg, id]) => {
    const file = attachments[id];
    return file ? [[arg, file.url] as const] : [];
  });
  const texts = attached.map(async ([arg, url]) => [arg, await fetchText(url)] as const);
  return { ...args, ...Object.fromEntries(await Promise.all(texts)) };
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
  });
  if (!response.ok || !response.body) throw new Error('Discord does not return an attached file.');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_FILE_BYTES) break;
  }
  return fileText(Buffer.concat(chunks));
}

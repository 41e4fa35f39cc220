import type { RawArgs } from '../../../core/message/invocation.ts';
import { downloadFile } from '../../shared/files/download.ts';
import { fileText } from '../../shared/files/file-text.ts';
import type { CommandWithFiles } from '../render/form.ts';
import type { AttachmentData } from './payloads.ts';

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
  const texts = attached.map(
    async ([arg, url]) => [arg, await fileText(await downloadFile(url))] as const,
  );
  return { ...args, ...Object.fromEntries(await Promise.all(texts)) };
}

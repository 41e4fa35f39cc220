import { type APIFileComponent, ComponentType, type RawFile } from 'discord.js';
import type { FileContent } from '../../../core/ports/platform.ts';
import { MAX_FILE_NAME_LENGTH } from '../render/limits.ts';
import type { DiscordMessage } from '../render/message.ts';

/** A message with components shows only the files that one of them names. */
export interface MessageWithFile extends Omit<DiscordMessage, 'components'> {
  components: (DiscordMessage['components'][number] | APIFileComponent)[];
}

/** The message with a file at its end: https://discord.com/developers/docs/components/reference#file */
export function withFile(message: DiscordMessage, file: FileContent): MessageWithFile {
  const shown: APIFileComponent = {
    type: ComponentType.File,
    file: { url: `attachment://${attachmentName(file.name)}` },
  };
  return { ...message, components: [...message.components, shown] };
}

/** A file as discord.js uploads it. */
export function rawFile({ name, type, bytes }: FileContent): RawFile {
  return { name: attachmentName(name), data: Buffer.from(bytes), contentType: type };
}

/**
 * A name with letters, digits, dots, dashes and underscores only, since Discord finds no other one in `attachment://`:
 * https://discord.com/developers/docs/reference#uploading-files
 */
function attachmentName(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const safe = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9._-]+/g, '_');
  const words = safe(stem).replace(/^[._-]+|[._-]+$/g, '') || 'file';
  return words.slice(0, MAX_FILE_NAME_LENGTH - ending.length) + safe(ending);
}

import type { Json } from '../json.ts';
import type { StoredFile, World } from './world.ts';

/** A file that a user uploads: its text, or its bytes. */
export interface UserFile {
  name: string;
  text: string | Buffer;
}

export const isFile = (given: unknown): given is UserFile =>
  typeof given === 'object' && given !== null && 'text' in given;

/** Stores a file. @returns its id. */
export function upload(world: World, { name, text }: UserFile): string {
  const id = world.id();
  world.files.set(id, { id, name, content: text });
  return id;
}

/** https://docs.discord.com/developers/resources/message#attachment-object */
export function attachmentJson(world: World, { id, name, content }: StoredFile): Json {
  const url = `${world.url}/attachments/${id}/${encodeURIComponent(name)}`;
  const content_type = 'text/plain; charset=utf-8';
  const size = Buffer.byteLength(content);
  return { id, filename: name, size, url, proxy_url: url, content_type, ephemeral: true };
}

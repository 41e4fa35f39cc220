import { type Json, listOf, textOf } from '../../json.ts';
import { contentOf, parsed, post } from '../post.ts';
import { Refusal } from '../refusal.ts';
import type { UploadedFile } from '../world.ts';
import { channelOf, type Handler } from './call.ts';

/** https://docs.slack.dev/messaging/working-with-files */
export const files: Record<string, Handler> = {
  'files.getUploadURLExternal'({ world, url, args, caller }) {
    const id = world.id('F');
    const length = Number(args.length);
    const file = { id, name: textOf(args.filename), title: '', length };
    world.files.set(id, { ...file, bytes: undefined, owner: caller.bot, state: 'uploading' });
    return { upload_url: `${url}/upload/v1/${id}`, file_id: id };
  },

  'files.completeUploadExternal'(call) {
    const { world, args, caller } = call;
    const asked = listOf(parsed(args.files));
    const found = asked.map(({ id, title }) => {
      const file = world.files.get(textOf(id));
      if (file?.owner !== caller.bot || file.state !== 'uploading' || !file.bytes)
        throw new Refusal('file_not_found', `${id} was not uploaded, or is shared already`);
      return { file, title: textOf(title) || file.name };
    });
    if (found.length === 0) throw new Refusal('invalid_arguments', 'no files');
    const channel = args.channel_id ? channelOf(call, args.channel_id) : undefined;
    if (channel && !channel.members.has(caller.botUser)) throw new Refusal('not_in_channel');
    const text = textOf(args.initial_comment);
    const content =
      text || !args.blocks
        ? { text, blocks: [] }
        : contentOf({ blocks: args.blocks }, 'invalid_blocks');
    for (const { file, title } of found) Object.assign(file, { title, state: 'shared' });
    const shared = found.map(({ file }) => file.id);
    if (channel)
      post(world, content, {
        channel: channel.id,
        user: caller.botUser,
        bot: caller.bot,
        thread: textOf(args.thread_ts) || undefined,
        files: shared,
      });
    return { files: found.map(({ file: { id, title } }) => ({ id, title })) };
  },

  'files.info'({ world, url, args }) {
    const file = world.files.get(textOf(args.file));
    if (!file || file.state === 'uploading') throw new Refusal('file_not_found');
    if (file.state === 'deleted') throw new Refusal('file_deleted');
    return { file: fileJson(file, url) };
  },

  'files.delete'({ world, args, caller }) {
    const file = world.files.get(textOf(args.file));
    if (!file || file.state === 'uploading') throw new Refusal('file_not_found');
    if (file.state === 'deleted') throw new Refusal('file_deleted');
    if (file.owner !== caller.bot) throw new Refusal('cant_delete_file');
    Object.assign(file, { state: 'deleted', bytes: undefined });
    world.changed();
    return {};
  },
};

/** The file object: https://docs.slack.dev/reference/objects/file-object */
export function fileJson(file: UploadedFile, url: string): Json {
  const { id, name, title, owner, length, address } = file;
  const at = `${url}/files-pri/${id}`;
  return {
    ...{ id, name, title, user: owner, size: length, mode: 'hosted', is_external: false },
    filetype: name.split('.').at(-1),
    url_private: `${at}/${encodeURIComponent(name)}`,
    url_private_download: address ?? `${at}/download/${encodeURIComponent(name)}`,
  };
}

import { type APIThreadChannel, ChannelType, Routes } from 'discord.js';
import type { Identity } from '../../../core/message/invocation.ts';
import { insertOnce, type Store, updateWithRetry } from '../../../core/ports/store.ts';
import { CALL_LIMIT, type Rest } from '../connection/rest.ts';
import { isAboutChannel, isArchived } from '../errors.ts';
import { threadId, threads } from './thread-row.ts';

/** A week, in minutes; whatever is posted opens it again: https://discord.com/developers/docs/topics/threads */
const ARCHIVED_AFTER = 10_080;

/** Private threads in which people are written to whose direct messages are closed: one for each, kept in the store. */
export interface PrivateThreads {
  /** The one there is. */
  known(person: Identity, channel: string, store: Store): Promise<string | undefined>;
  /** The thread, with that person in it. @throws as the client does; nothing has been posted then. */
  with(person: Identity, channel: string, store: Store): Promise<string>;
}

/** The threads, with their ids kept in the store of the partnership. */
export function privateThreads(rest: Rest): PrivateThreads {
  async function known(person: Identity, channel: string, store: Store) {
    return (await store.of(threads).get(threadId(person, channel)))?.thread;
  }

  /** Adding whoever is in it already changes nothing; whoever has left it is called back. */
  async function add(user: string, thread: string): Promise<void> {
    const route = Routes.threadMembers(thread, user);
    await rest.call('PUT', route, { limit: CALL_LIMIT }).catch((error: unknown) => {
      if (!isArchived(error)) throw error;
    });
  }

  async function make(person: Identity, channel: string, store: Store): Promise<string> {
    const body = {
      name: 'For you, from Convenor',
      type: ChannelType.PrivateThread,
      invitable: false,
      auto_archive_duration: ARCHIVED_AFTER,
    };
    const how = { body, limit: CALL_LIMIT };
    const { id } = await rest.call<APIThreadChannel>('POST', Routes.threads(channel), how);
    const row = { id: threadId(person, channel), thread: id };
    await insertOnce(store.of(threads), row);
    await updateWithRetry(store.of(threads), row.id, (now) => ({ ...now, ...row }));
    return id;
  }

  return {
    known,
    async with(person, channel, store) {
      const thread = await known(person, channel, store);
      try {
        if (thread !== undefined) {
          await add(person.user, thread);
          return thread;
        }
      } catch (error) {
        // It was deleted.
        if (!isAboutChannel(error)) throw error;
      }
      const made = await make(person, channel, store);
      await add(person.user, made);
      return made;
    },
  };
}

import { type APIThreadChannel, ChannelType, Routes } from 'discord.js';
import type { Identity } from '../../../core/message/invocation.ts';
import { insertOnce, type Store, updateWithRetry } from '../../../core/ports/store.ts';
import { isAboutChannel, isArchived } from '../connection/errors.ts';
import { CALL_TIMEOUT_MS, type Rest } from '../connection/rest.ts';
import { threadId, threads } from './thread-row.ts';

/** A week. A message opens an archived thread again: https://discord.com/developers/docs/topics/threads */
const ARCHIVE_AFTER_MINUTES = 10_080;

/** Private threads for people whose direct messages are closed: one for each person and channel. */
export interface PrivateThreads {
  /** The thread's id; undefined if there is none. */
  find(person: Identity, channel: string, store: Store): Promise<string | undefined>;
  /** The id of the thread, with the person in it. Creates it if there is none. @throws what the call throws. */
  open(person: Identity, channel: string, store: Store): Promise<string>;
}

/** The ids of the threads are kept in the partnership's store. */
export function privateThreads(rest: Rest): PrivateThreads {
  async function find(person: Identity, channel: string, store: Store) {
    return (await store.of(threads).get(threadId(person, channel)))?.thread;
  }

  /** Adds a person to a thread. If they are already in it, nothing changes; if they have left it, they are back. */
  async function add(user: string, thread: string): Promise<void> {
    const route = Routes.threadMembers(thread, user);
    await rest.call('PUT', route, { timeoutMs: CALL_TIMEOUT_MS }).catch((error: unknown) => {
      if (!isArchived(error)) throw error;
    });
  }

  async function create(person: Identity, channel: string, store: Store): Promise<string> {
    const body = {
      name: 'For you, from Convenor',
      type: ChannelType.PrivateThread,
      invitable: false,
      auto_archive_duration: ARCHIVE_AFTER_MINUTES,
    };
    const options = { body, timeoutMs: CALL_TIMEOUT_MS };
    const { id } = await rest.call<APIThreadChannel>('POST', Routes.threads(channel), options);
    const row = { id: threadId(person, channel), thread: id };
    await insertOnce(store.of(threads), row);
    await updateWithRetry(store.of(threads), row.id, (existing) => ({ ...existing, ...row }));
    return id;
  }

  return {
    find,
    async open(person, channel, store) {
      const thread = await find(person, channel, store);
      try {
        if (thread !== undefined) {
          await add(person.user, thread);
          return thread;
        }
      } catch (error) {
        // The thread was deleted.
        if (!isAboutChannel(error)) throw error;
      }
      const created = await create(person, channel, store);
      await add(person.user, created);
      return created;
    },
  };
}

import { defineCollection, type Row } from '../../../core/ports/store.ts';

/** A server (guild) that Convenor is, or was, on. Its id is Discord's. */
export interface Server extends Row {
  /** When Convenor was removed; null if it is still there. */
  removedAt: Date | null;
  /**
   * When Convenor said hello after it joined; null if it has not yet. Rows from before it said hello lack it, and servers
   * that it joined long before it heard of them stay null.
   */
  helloAt?: Date | null;
}

export const servers = defineCollection<Server>()({
  name: 'discordServers',
  scope: 'global',
  fields: { removedAt: 'moment', helloAt: 'moment' },
  indexes: {},
});

import { members } from '../../src/core/domain/members/member.ts';
import { namesChanged } from '../../src/core/domain/partnerships/partnership.ts';
import {
  type WorkspaceRef,
  workspaceId,
  workspaces,
} from '../../src/core/domain/workspaces/workspace.ts';
import type { Address } from '../../src/core/message/address.ts';
import type { Identity } from '../../src/core/message/invocation.ts';
import type { Adapter } from '../../src/core/ports/platform.ts';
import { insertOnce, updateWithRetry } from '../../src/core/ports/store.ts';
import type { Faults, WireFault } from '../doubles/faults.ts';
import { memberId, type Talk, type Who } from '../fixtures/bot.ts';

/** The platform addresses of the three members. */
export interface TestAddresses {
  identityOf(who: Who): Identity;
  to(who: Who): Extract<Address, { to: 'user' }>;
  toChannel(channel: string): Extract<Address, { to: 'channel' }>;
}

/** A partnership of three members on a platform double, and Convenor's delivery to it. */
export interface TestBot extends Omit<TestAddresses, 'identityOf'> {
  talk: Talk;
  double: {
    /** The platform's time, in ms. */
    world: { now(): number; pass(ms: number): void };
    faults: Pick<Faults<WireFault>, 'next'>;
    /** What Convenor did that no app should do. */
    violations: readonly string[];
    close(): Promise<void>;
  };
  convenor: Pick<Adapter, 'send' | 'edit' | 'remove' | 'findSent' | 'profileOf'>;
  /** How often Convenor has called a method of the platform. */
  calls(method: string): number;
}

export const everybody = ['maya', 'tom', 'grace'] as const satisfies readonly Who[];

/** Makes something for each of the three. */
export const forEverybody = <T>(make: (who: Who) => T): Record<Who, T> => ({
  maya: make('maya'),
  tom: make('tom'),
  grace: make('grace'),
});

/** Ties a workspace to the partnership, and its users to the three members. */
export async function connectWorkspace(
  talk: Talk,
  at: WorkspaceRef,
  users: Readonly<Record<Who, { id: string }>>,
): Promise<TestAddresses> {
  const identityOf = (who: Who): Identity => ({ ...at, user: users[who].id });
  for (const who of everybody) {
    await updateWithRetry(talk.store.of(members), memberId(talk.id, who), (row) => ({
      ...row,
      identities: [identityOf(who), ...row.identities],
    }));
  }
  await namesChanged(talk.store);
  // Every double counts its ids from one, so a workspace may be known from an earlier test.
  const rows = talk.stores.global(workspaces);
  const facts = { name: 'Riverside', partnership: talk.id, admits: null };
  await insertOnce(rows, { id: workspaceId(at), ...at, ...facts });
  await updateWithRetry(rows, workspaceId(at), (row) => ({ ...row, partnership: talk.id }));
  return {
    identityOf,
    to: (who) => ({ to: 'user', identity: identityOf(who) }),
    toChannel: (channel) => ({ to: 'channel', channel: { ...at, channel } }),
  };
}

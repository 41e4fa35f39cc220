import type { InstallURLOptions, StateStore } from '@slack/bolt';
import { derivedId } from '../../../core/base/id.ts';
import type { Sealer } from '../../../core/base/sealer.ts';
import {
  type Collection,
  ConflictError,
  defineCollection,
  type Row,
  type Stores,
} from '../../../core/ports/store.ts';

/** How long an installation may take from its first page to its last. */
const STATE_TTL_MS = 600_000;

const SEALED_AS = { tenant: 'slack', field: 'installation state' };

/** A state that is too old, or was used before. The message is for the person who is installing. */
export class ExpiredStateError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'ExpiredStateError';
  }
}

/** A state that was used. */
export interface UsedState extends Row {
  /** After this instant, the state is too old anyway. */
  until: Date;
}

export const usedStates = defineCollection<UsedState>()({
  name: 'slackUsedStates',
  scope: 'global',
  fields: { until: 'moment' },
  indexes: { byUntil: { on: ['until'] } },
});

/**
 * OAuth states for Bolt's receiver (`installerOptions.stateStore`). A state is sealed, so that nobody else can make one,
 * and can be used once: https://datatracker.ietf.org/doc/html/rfc9700#section-2.1
 */
export function oauthStates({ stores, sealer }: { stores: Stores; sealer: Sealer }): StateStore {
  const used = stores.global(usedStates);
  return {
    async generateStateParam(options, now) {
      return sealer.seal(JSON.stringify({ options, at: now.getTime() }), SEALED_AS);
    },
    async verifyStateParam(now, state) {
      const { options, at } = JSON.parse(sealer.open(state, SEALED_AS)) as {
        options: InstallURLOptions;
        at: number;
      };
      const until = new Date(at + STATE_TTL_MS);
      if (now > until)
        throw new ExpiredStateError('This took more than ten minutes: please start again.');
      await useOnce(state, until, used);
      await removeOld(now, used);
      return options;
    },
  };
}

async function useOnce(state: string, until: Date, used: Collection<UsedState>): Promise<void> {
  try {
    await used.insert({ id: derivedId('slack state', state), until });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new ExpiredStateError('This link was used before: please start again.');
  }
}

/** How many old states are removed at once. */
const MAX_STATES_REMOVED = 100;

async function removeOld(now: Date, used: Collection<UsedState, 'byUntil'>): Promise<void> {
  const query = { index: 'byUntil', range: { field: 'until', before: now } } as const;
  const old = await used.find(query, MAX_STATES_REMOVED);
  await Promise.all(old.rows.map(({ id }) => used.remove(id)));
}

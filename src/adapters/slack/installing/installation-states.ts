import type { InstallURLOptions, StateStore } from '@slack/bolt';
import { derivedId } from '../../../core/base/id.ts';
import type { Sealer } from '../../../core/base/sealer.ts';
import {
  type Collection,
  Conflict,
  defineCollection,
  type Row,
  type Stores,
} from '../../../core/ports/store.ts';

/** How long an installation may take from its first page to its last (ms). */
const LIFETIME = 600_000;

const SEALED_AS = { tenant: 'slack', field: 'installation state' };

/** A state that is worth nothing any more. The message is for whoever brought it. */
export class StateOver extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'StateOver';
  }
}

/** A state that has come back. */
interface UsedState extends Row {
  /** After this instant it would be refused anyway. */
  until: Date;
}

export const usedStates = defineCollection<UsedState>()({
  name: 'slackUsedStates',
  scope: 'global',
  fields: { until: 'moment' },
  indexes: { byUntil: { on: ['until'] } },
});

/**
 * States of the installation by OAuth, for Bolt's receiver (`installerOptions.stateStore`). A state is sealed, so that
 * nobody else can make one, and works once: https://datatracker.ietf.org/doc/html/rfc9700#section-2.1
 */
export function installationStates(parts: { stores: Stores; sealer: Sealer }): StateStore {
  const { stores, sealer } = parts;
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
      const until = new Date(at + LIFETIME);
      if (now > until) throw new StateOver('This took more than ten minutes: please start again.');
      await useOnce(state, until, used);
      await forgetOld(now, used);
      return options;
    },
  };
}

async function useOnce(state: string, until: Date, used: Collection<UsedState>): Promise<void> {
  try {
    await used.insert({ id: derivedId('slack state', state), until });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    throw new StateOver('This link was used before: please start again.');
  }
}

async function forgetOld(now: Date, used: Collection<UsedState, 'byUntil'>): Promise<void> {
  const old = await used.find({ index: 'byUntil', range: { field: 'until', before: now } });
  await Promise.all(old.map(({ id }) => used.remove(id)));
}

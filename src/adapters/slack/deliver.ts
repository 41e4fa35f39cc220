import type { Clock } from '../../core/clock.ts';
import type { Directories } from '../../core/names/directories.ts';
import type { Adapter } from '../../core/ports.ts';
import type { Stores } from '../../core/store.ts';
import type { Clients } from './clients.ts';

/** Everything outbound that is owed by the ledger. */
export type Delivery = Pick<Adapter, 'send' | 'edit' | 'find'>;

export interface DeliveryParts {
  clients: Clients;
  directories: Directories;
  stores: Stores;
  clock: Clock;
}

/** The three outbound verbs of the adapter, over Slack's Web API. */
export function createDelivery(_parts: DeliveryParts): Delivery {
  throw new Error('Not built yet.');
}

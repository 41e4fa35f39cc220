import { derivedId } from '../../base/id.ts';
import type { Address } from '../../message/address.ts';
import {
  defineCollection,
  insertOnce,
  type Row,
  type Store,
  updateWithRetry,
} from '../../ports/store.ts';

/** A channel, or one person's direct messages, where the platform told us to slow down. */
export interface SendThrottle extends Row {
  /** Nothing is sent there before this instant. */
  notBefore: Date;
}

export const sendThrottles = defineCollection<SendThrottle>()({
  name: 'sendThrottles',
  scope: 'partnership',
  fields: { notBefore: 'moment' },
  indexes: { byEnd: { on: ['notBefore'] } },
});

/** @returns the instant before which nothing may be sent to an address; undefined if there is no limit. One read. */
export async function notBefore(address: Address, store: Store): Promise<Date | undefined> {
  return (await store.of(sendThrottles).get(throttleId(address, store)))?.notBefore;
}

/** Makes all processes wait until an instant before they send to an address. A later instant is never shortened. */
export async function throttle(address: Address, until: Date, store: Store): Promise<void> {
  const rows = store.of(sendThrottles);
  const id = throttleId(address, store);
  await insertOnce(rows, { id, notBefore: until });
  await updateWithRetry(rows, id, (row) =>
    row.notBefore < until ? { ...row, notBefore: until } : undefined,
  );
}

function throttleId(address: Address, { partnership }: Store): string {
  if (address.to === 'channel') {
    const { platform, workspace, channel } = address.channel;
    return derivedId('throttle', partnership, 'channel', platform, workspace, channel);
  }
  const { platform, workspace, user } = address.identity;
  return derivedId('throttle', partnership, 'user', platform, workspace, user);
}

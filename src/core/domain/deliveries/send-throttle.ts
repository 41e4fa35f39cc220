import { derivedId } from '../../base/id.ts';
import type { Address } from '../../message/address.ts';
import {
  defineCollection,
  insertOnce,
  type Row,
  type Store,
  updateWithRetry,
} from '../../ports/store.ts';

/** A place (a channel, or one person's direct messages) in which the platform wants us to go slower. */
export interface SendThrottle extends Row {
  /** Nothing is sent there before this instant. */
  notBefore: Date;
}

export const sendThrottles = defineCollection<SendThrottle>()({
  name: 'sendThrottles',
  scope: 'partnership',
  fields: { notBefore: 'moment' },
  indexes: {},
});

/** The instant before which nothing may be sent to an address; undefined when nothing holds it back. One read. */
export async function notBefore(address: Address, store: Store): Promise<Date | undefined> {
  return (await store.of(sendThrottles).get(idOf(address, store)))?.notBefore;
}

/** Holds back whatever goes to an address, in all processes. It is never brought forward. */
export async function throttle(address: Address, until: Date, store: Store): Promise<void> {
  const rows = store.of(sendThrottles);
  const id = idOf(address, store);
  await insertOnce(rows, { id, notBefore: until });
  await updateWithRetry(rows, id, (row) =>
    row.notBefore < until ? { ...row, notBefore: until } : undefined,
  );
}

function idOf(address: Address, { partnership }: Store): string {
  if (address.to === 'channel') {
    const { platform, workspace, channel } = address.channel;
    return derivedId('pace', partnership, 'channel', platform, workspace, channel);
  }
  const { platform, workspace, user } = address.identity;
  return derivedId('pace', partnership, 'user', platform, workspace, user);
}

import type { ChannelRef } from '../../src/core/args.ts';
import { members } from '../../src/core/features/members/store.ts';
import { partnerships } from '../../src/core/features/settings/store.ts';
import type { Outgoing } from '../../src/core/ports.ts';
import { rich } from '../../src/core/rich-text.ts';
import type { Stores } from '../../src/core/store.ts';

/** What only a coordinator may do; one of it would be told to everybody. */
export const buttons = [
  { label: 'Rename', command: 'settings', args: { name: 'Mine', swap: 'yes' } },
  { label: 'Digest', command: 'digest now', args: {} },
];

/** A post in a channel with those buttons. */
export function coordinatorsPost(partnership: string, channel: ChannelRef): Outgoing {
  const reply = { text: rich`For Grace`, card: [{ kind: 'buttons', buttons } as const] };
  return { delivery: 'one', partnership, address: { to: 'channel', channel }, reply };
}

/** What a press of them might have changed. */
export async function kept({ stores, partnership }: { stores: Stores; partnership: string }) {
  const store = stores.forPartnership(partnership);
  const people = await store.of(members).find({ index: 'byName' });
  return [await store.of(partnerships).get(partnership), ...people];
}

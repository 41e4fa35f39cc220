import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { members } from '../../src/core/domain/members/member.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import type { ChannelRef } from '../../src/core/message/address.ts';
import { rich } from '../../src/core/message/rich-text.ts';
import type { Adapter } from '../../src/core/ports/platform.ts';
import type { Stores } from '../../src/core/ports/store.ts';

/** What only a coordinator may do. The answer to the second would be for everybody. */
const buttons = [
  { label: 'Rename', command: 'settings', args: { name: 'Mine', swap: 'yes' } },
  { label: 'Digest', command: 'digest now', args: {} },
];

/** A channel with the coordinator and others in it. */
interface SharedChannel<User, Post> {
  stores: Stores;
  partnership: string;
  convenor: Pick<Adapter, 'send'>;
  channel: ChannelRef;
  violations: readonly string[];
  /** The messages that the coordinator sees there. */
  seen(): readonly Post[];
  /** The other users, and what each of them is told. */
  others: readonly (readonly [User, string])[];
  /** A user presses a button. @returns the answer. */
  press(who: User, post: Post, label: string): Promise<object>;
  /** The coordinator presses a button. Resolves when the post has changed. */
  change(post: Post, label: string): Promise<void>;
}

/** What happens when others press a coordinator's buttons, on every platform. */
export function refusedSuite<User, Post>(open: () => Promise<SharedChannel<User, Post>>): void {
  it("when others press a coordinator's button, only they are told so, and nothing changes", async () => {
    const { stores, partnership, convenor, channel, violations, ...harness } = await open();

    /** The rows that such a press might change. */
    async function kept() {
      const store = stores.forPartnership(partnership);
      const people = await collect(store.of(members).all({ index: 'byName' }));
      return [await store.of(partnerships).get(partnership), ...people];
    }

    const reply = { text: rich`For Grace`, card: [{ kind: 'buttons', buttons } as const] };
    const address = { to: 'channel', channel } as const;
    await convenor.send({ delivery: 'one', partnership, address, reply });
    const seen = harness.seen();
    const [post] = seen;
    if (!post) throw new Error('Nothing was posted.');
    const before = await kept();

    for (const [who, refusal] of harness.others) {
      for (const { label } of buttons) {
        const words = expect.stringContaining(refusal);
        expect(await harness.press(who, post, label)).toMatchObject({ ephemeral: true, words });
      }
    }
    expect(harness.seen()).toEqual(seen);
    expect(await kept()).toEqual(before);

    // The same button works for the coordinator.
    await harness.change(post, 'Rename');
    expect(await kept()).toContainEqual(expect.objectContaining({ name: 'Mine' }));
    expect(violations).toEqual([]);
  });
}

import { expect, it } from 'vitest';
import { members } from '../../src/core/domain/members/member.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import type { ChannelRef } from '../../src/core/message/address.ts';
import { rich } from '../../src/core/message/rich-text.ts';
import type { Adapter } from '../../src/core/ports/platform.ts';
import type { Stores } from '../../src/core/ports/store.ts';

/** What only a coordinator may do; one of it would be told to everybody. */
const buttons = [
  { label: 'Rename', command: 'settings', args: { name: 'Mine', swap: 'yes' } },
  { label: 'Digest', command: 'digest now', args: {} },
];

/** A channel of a partnership that others than its coordinator are in too. */
interface SharedChannel<User, Post> {
  stores: Stores;
  partnership: string;
  convenor: Pick<Adapter, 'send'>;
  channel: ChannelRef;
  violations: readonly string[];
  /** What the coordinator sees there. */
  seen(): readonly Post[];
  /** Others, and what each of them is told. */
  others: readonly (readonly [User, string])[];
  /** Somebody presses a button. @returns what they are told. */
  press(who: User, post: Post, label: string): Promise<object>;
  /** The coordinator presses one; resolves when the post is changed by that. */
  change(post: Post, label: string): Promise<void>;
}

/** What becomes of a coordinator's buttons in the hands of others, on every platform. */
export function refusedSuite<User, Post>(open: () => Promise<SharedChannel<User, Post>>): void {
  it("a coordinator's button, pressed by others, says so to them alone and changes nothing", async () => {
    const { stores, partnership, convenor, channel, violations, ...harness } = await open();

    /** What a press of them might have changed. */
    async function kept() {
      const store = stores.forPartnership(partnership);
      const people = await store.of(members).find({ index: 'byName' });
      return [await store.of(partnerships).get(partnership), ...people];
    }

    const reply = { text: rich`For Grace`, card: [{ kind: 'buttons', buttons } as const] };
    const address = { to: 'channel', channel } as const;
    await convenor.send({ delivery: 'one', partnership, address, reply });
    const seen = harness.seen();
    const [post] = seen;
    if (!post) throw new Error('Nothing was posted.');
    const before = await kept();

    for (const [who, told] of harness.others) {
      for (const { label } of buttons) {
        const words = expect.stringContaining(told);
        expect(await harness.press(who, post, label)).toMatchObject({ ephemeral: true, words });
      }
    }
    expect(harness.seen()).toEqual(seen);
    expect(await kept()).toEqual(before);

    // It is the same button that works for her.
    await harness.change(post, 'Rename');
    expect(await kept()).toContainEqual(expect.objectContaining({ name: 'Mine' }));
    expect(violations).toEqual([]);
  });
}

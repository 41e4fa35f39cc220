import type { Delivery } from '../core/domain/deliveries/delivery.ts';
import { enqueueNotice } from '../core/domain/deliveries/enqueue-notice.ts';
import type { Directory } from '../core/domain/directory/directory.ts';
import type { Address } from '../core/message/address.ts';
import type { Reply } from '../core/message/reply.ts';
import { bold, type RichText, rich } from '../core/message/rich-text.ts';
import type { Store } from '../core/ports/store.ts';

/** Where trouble is told of: a tenant, its names, an instant. */
interface Scene {
  store: Store;
  directory: Directory;
  now: Date;
}

/** What notices of trouble are named by: about these no further notice is sent. */
const TROUBLE = 'trouble';

/**
 * Tells the coordinators that a message will never be delivered: once for each recipient, place and reason, however
 * many messages meet it. @param reason a sentence they understand.
 */
export async function notifyFailure(
  delivery: Delivery,
  reason: string,
  scene: Scene,
): Promise<void> {
  if (delivery.occurrence.startsWith(TROUBLE)) return;
  const occurrence = [TROUBLE, reason, JSON.stringify(delivery.address)].join(':');
  await tellCoordinators(
    delivery,
    occurrence,
    failureCard(delivery, reason, scene.directory),
    scene,
  );
}

/** Asks the coordinators about a post that may or may not stand in a channel: once for each try. */
export async function askAboutUnknown(delivery: Delivery, scene: Scene): Promise<void> {
  await tellCoordinators(
    delivery,
    `${TROUBLE}:unknown:${delivery.id}:${delivery.tries}`,
    unknownCard(delivery),
    scene,
  );
}

async function tellCoordinators(
  { recipient: subject }: Delivery,
  occurrence: string,
  reply: Reply,
  { store, directory, now }: Scene,
): Promise<void> {
  const told = directory.members.filter(
    ({ id, active, role }) => active && role === 'coordinator' && id !== subject,
  );
  // The sweep that finds the notices comes by itself.
  const deps = { store, wake: () => {} };
  for (const { id: recipient } of told) {
    await enqueueNotice({ subject, occurrence, recipient, reply, at: now }, deps);
  }
}

function failureCard(
  { kind, recipient, address }: Delivery,
  reason: string,
  names: Directory,
): Reply {
  if (kind === 'digest') {
    return {
      text: rich`I couldn't post the digest${placeText(address)}. ${reason} To choose another channel, say digest schedule.`,
    };
  }
  const name = bold(names.member(recipient)?.name ?? 'somebody');
  const what = { reminder: 'a reminder', brief: 'a brief' }[kind] ?? 'a message';
  return {
    text: rich`I couldn't deliver ${what} to ${name}. ${reason} What is theirs stays on the list (followup list everyone), so perhaps somebody else could take it on.`,
  };
}

function unknownCard({ id, address }: Delivery): Reply {
  const args = { which: `#${id}` };
  return {
    text: rich`The connection broke while I was posting the digest${placeText(address)}, so I can't tell whether it is there. Could you look?`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          { label: 'Post it again', command: 'digest repost', args, style: 'primary' },
          { label: 'Leave it', command: 'digest leave', args },
        ],
      },
    ],
  };
}

function placeText(address: Address | null): RichText {
  if (address?.to !== 'channel') return [];
  const { channel } = address.channel;
  return rich` in ${{ channel, name: channel }}`;
}

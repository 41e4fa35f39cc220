import { type Delivery, deliveries } from '../core/domain/deliveries/delivery.ts';
import {
  enqueueCoordinatorNotices,
  enqueueNotice,
} from '../core/domain/deliveries/enqueue-notice.ts';
import type { Directory } from '../core/domain/directory/directory.ts';
import { otherCoordinators } from '../core/domain/members/member.ts';
import type { Address } from '../core/message/address.ts';
import type { Reply } from '../core/message/reply.ts';
import { bold, commandText, type RichText, rich } from '../core/message/rich-text.ts';
import type { JobContext } from './due-row-handler.ts';

type NoticeContext = Pick<JobContext, 'store' | 'directory' | 'now'>;

/** Begins the occurrence of each failure notice. A failure notice that fails itself causes no further one. */
const FAILURE_PREFIX = 'failure';

/** How long coordinators do not hear again of the same failure. */
const TELL_AGAIN_AFTER_MS = 30 * 86_400_000;

/**
 * Tells the coordinators that a message can never be delivered: for each recipient, address and reason once a month,
 * however many messages fail for it. @param reason a sentence that coordinators understand.
 */
export async function notifyFailure(
  delivery: Delivery,
  reason: string,
  context: NoticeContext,
): Promise<void> {
  if (delivery.occurrence.startsWith(FAILURE_PREFIX)) return;
  if (delivery.urgent) await tellAsker(delivery, context);
  // The coordinators have heard of somebody who left, or lost their access, with all that was theirs.
  if (context.directory.member(delivery.recipient)?.active === false) return;
  const failure = [FAILURE_PREFIX, reason, JSON.stringify(delivery.address)].join(':');
  // A coordinator who posts a digest again hears each time that it fails.
  const isRepeated = delivery.kind === 'digest' && delivery.attempts > 1;
  if (!isRepeated && (await wasToldLately(failure, delivery, context))) return;
  const suffix = isRepeated ? `:${delivery.id}:${delivery.attempts}` : '';
  await tellCoordinators(
    delivery,
    `${failure}:${context.now.toISOString().slice(0, 10)}${suffix}`,
    failureCard(delivery, reason, context.directory),
    context,
  );
}

/** Tells somebody who asked the safeguarding contact to ring them that the contact cannot be reached from here. */
async function tellAsker(
  { id, subject: recipient, recipient: subject }: Delivery,
  { store, directory, now }: NoticeContext,
): Promise<void> {
  if (!directory.member(recipient)?.active) return;
  const name = bold(directory.member(subject)?.name ?? 'the safeguarding contact');
  const reply = {
    text: rich`I couldn't reach ${name}, so please don't wait to be rung. Type ${commandText('concern')} to see whom to ring. If somebody is in danger, ring 999.`,
  };
  const notice = { subject, occurrence: `${FAILURE_PREFIX}:asker:${id}`, recipient, reply };
  await enqueueNotice({ ...notice, at: now, urgent: true }, { store, wake: () => {} });
}

async function wasToldLately(
  failure: string,
  { recipient: subject }: Delivery,
  { store, now }: NoticeContext,
): Promise<boolean> {
  const range = {
    field: 'createdAt',
    after: new Date(now.getTime() - TELL_AGAIN_AFTER_MS),
  } as const;
  for await (const row of store
    .of(deliveries)
    .all({ index: 'bySubject', where: { subject }, range }))
    if (row.occurrence.startsWith(`${failure}:`)) return true;
  return false;
}

/** Asks the coordinators whether a post is in its channel, when nobody can tell: once for each attempt. */
export async function askAboutUnknown(delivery: Delivery, context: NoticeContext): Promise<void> {
  await tellCoordinators(
    delivery,
    `${FAILURE_PREFIX}:unknown:${delivery.id}:${delivery.attempts}`,
    unknownCard(delivery),
    context,
  );
}

async function tellCoordinators(
  { recipient: subject }: Delivery,
  occurrence: string,
  reply: Reply,
  { store, directory, now }: NoticeContext,
): Promise<void> {
  const coordinators = otherCoordinators(directory.members, subject);
  // No wake: the next sweep finds the notices soon enough.
  const deps = { store, wake: () => {} };
  const notice = { subject, occurrence, reply, at: now };
  await enqueueCoordinatorNotices(coordinators, notice, deps);
}

function failureCard(
  { id, kind, recipient, address }: Delivery,
  reason: string,
  directory: Directory,
): Reply {
  if (kind === 'digest') {
    return {
      text: rich`I couldn't post the digest${placeText(address)}. ${reason} To choose another channel, type ${commandText('digest schedule')}.`,
      card: [
        {
          kind: 'buttons',
          buttons: [
            {
              label: 'Post it now',
              command: 'digest repost',
              args: { which: `#${id}` },
              style: 'primary',
            },
          ],
        },
      ],
    };
  }
  const name = bold(directory.member(recipient)?.name ?? 'somebody');
  const what = { reminder: 'a reminder', brief: 'a brief' }[kind] ?? 'a message';
  return {
    text: rich`I couldn't deliver ${what} to ${name}. ${reason} Their tasks stay on the list (${commandText('followup list', 'everyone')}). Could somebody else take them on?`,
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

import * as shared from '../../cards/partnership-settings.ts';
import { partnershipSettingsText } from '../../cards/partnership-settings.ts';
import { safeguardingButton } from '../../cards/safeguarding.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { type Digest, digestId, digests } from '../../domain/digests/digest.ts';
import {
  channelName,
  DEFAULT_DIGEST_MINUTE,
  postingRuleFrom,
  postingText,
} from '../../domain/digests/rules.ts';
import { switchDigestOff, switchDigestOn } from '../../domain/digests/schedule.ts';
import { giveRole } from '../../domain/joining/give-role.ts';
import type { Member } from '../../domain/members/member.ts';
import { type Partnership, partnerships } from '../../domain/partnerships/partnership.ts';
import { changeSettings } from '../../domain/settings/change-settings.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, commandText, moment, type RichText, rich } from '../../message/rich-text.ts';

/** Sets up a partnership in one form. It can be run again to change things. */
const setUp = defineCommand({
  name: 'setup',
  title: 'Set up Convenor',
  summary: 'Set up: your name, time zone, bank holidays, a digest, who is a worker',
  examples: ['setup Big Local Riverside zone:Europe/London channel:#partners worker:@Tom'],
  args: {
    name: { ...shared.name, needed: true },
    zone: shared.zone,
    calendar: shared.calendar,
    channel: {
      kind: 'channel',
      summary:
        'Where to post a short summary (the digest) each Monday at 9:00. Leave empty for none',
      ask: 'In which channel should I post a digest?',
      hint: 'A short summary each Monday at 9:00. Leave empty for none',
    },
    worker: {
      kind: 'member',
      summary:
        'Somebody who gets their tasks in a message (a brief) each day. You can add more later',
      ask: 'Who is a worker?',
      hint: 'They get their tasks in a message each day. You can add more later',
    },
    safeguarding: shared.safeguarding,
  },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill(_, { store }): Promise<RawArgs> {
    const partnership = await store.of(partnerships).get(store.partnership);
    if (!partnership) return {};
    const { name, zone, calendar } = partnership;
    const digest = await weeklyDigest(store);
    const isOn = digest !== undefined && digest.nextAt !== null;
    return { name, zone, calendar, channel: isOn ? `<#${digest.channel.channel}>` : '' };
  },
  async run({ args, raw, receipt }, deps): Promise<Reply> {
    const { name, zone, calendar, channel, safeguarding } = args;
    const worker = args.worker && deps.directory.member(args.worker.id);
    const partnership = await changeSettings(
      {
        name,
        ...(zone !== undefined && { zone }),
        ...(calendar !== undefined && { calendar }),
        ...(safeguarding !== undefined && {
          safeguarding: shared.readTypedSafeguardingContact(safeguarding),
        }),
        setUpAt: deps.partnership.setUpAt ?? deps.now,
      },
      deps,
    );
    const now = { ...deps, partnership };
    // An emptied field switches the digest off. No field at all leaves it as it is.
    if (raw.channel === '') await switchDigestOff('weekly', now);
    if (channel) await postIn(channel, now);
    // A coordinator keeps their role.
    const named = worker?.role === 'member' ? await giveRole(worker.id, 'worker', now) : worker;
    const digest = await weeklyDigest(deps.store);
    return setUpCard({ partnership, digest, worker: named }, receipt);
  },
});

const weeklyDigest = (store: Deps['store']): Promise<Digest | undefined> =>
  store.of(digests).get(digestId(store.partnership, 'weekly'));

/** Posts the weekly digest in a channel from now on. If it is posted there already, it keeps its day and time. */
async function postIn(channel: Digest['channel'], deps: Deps): Promise<void> {
  const digest = await weeklyDigest(deps.store);
  const isThere = digest?.nextAt && digest.channel.channel === channel.channel;
  if (isThere) return;
  const usual = postingRuleFrom({ every: 'week', day: undefined, date: undefined });
  const { weekday = usual.weekday, minute = DEFAULT_DIGEST_MINUTE } = digest ?? {};
  await switchDigestOn({ ...usual, weekday, minute, channel }, deps);
}

/** The reply to `setup`: the settings, and what else could be done. */
function setUpCard(
  {
    partnership,
    digest,
    worker,
  }: {
    partnership: Partnership;
    digest: Digest | undefined;
    worker: Member | undefined;
  },
  receipt: string,
): Reply {
  const lines = [digestText(digest), worker && rich`${bold(worker.name)} is a ${worker.role}.`];
  const blocks = lines.flatMap((text): Block[] => (text ? [{ kind: 'text', text }] : []));
  const form = { [FORM]: 'yes' };
  const role = (name: string): Button => ({
    label: `Choose a ${name}`,
    command: 'member role',
    args: { role: name, ...form },
  });
  const more: Button = { label: 'More settings', command: 'settings', args: form };
  const buttons = [role('coordinator'), role('worker'), more, undoButton(receipt)];
  const asked: Block[] = partnership.safeguarding
    ? []
    : [
        {
          kind: 'text',
          text: rich`One thing more: whom should people ring if they are worried about somebody's safety? I never note such a worry, I only say whom to ring.`,
        },
        { kind: 'buttons', buttons: [safeguardingButton] },
      ];
  return {
    text: rich`All set. ${bold(partnership.name)}: ${partnershipSettingsText(partnership)}`,
    card: [...blocks, ...asked, { kind: 'buttons', buttons }],
  };
}

function digestText(digest: Digest | undefined): RichText {
  if (!digest?.nextAt)
    return rich`No weekly digest is posted yet. Start one with ${commandText('digest schedule')}.`;
  return rich`The digest is posted in ${channelName(digest.channel)} ${postingText(digest)}, next on ${moment(digest.nextAt)}.`;
}

export const setUpCommands = [setUp];

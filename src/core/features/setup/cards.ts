import { undoButton } from '../../cards/changed-reply.ts';
import { settingsText } from '../../cards/settings-text.ts';
import type { Digest } from '../../domain/digests/digest.ts';
import { channelName, postingText } from '../../domain/digests/rules.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, moment, type RichText, rich } from '../../message/rich-text.ts';

/** How things are set up by now, and what else could be done. */
export function setUpCard(
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
    label: `Name a ${name}`,
    command: 'member role',
    args: { role: name, ...form },
  });
  const more: Button = { label: 'More settings', command: 'settings', args: form };
  const buttons = [role('coordinator'), role('worker'), more, undoButton(receipt)];
  return {
    text: rich`All set. ${bold(partnership.name)}: ${settingsText(partnership)}`,
    card: [...blocks, { kind: 'buttons', buttons }],
  };
}

function digestText(digest: Digest | undefined): RichText {
  if (!digest?.nextAt) return rich`No digest is posted each week: digest schedule begins one.`;
  return rich`The digest is posted in ${channelName(digest.channel)} ${postingText(digest)}, next on ${moment(digest.nextAt)}.`;
}

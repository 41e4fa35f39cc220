import type { Button } from '../message/reply.ts';

/** Shows what is known of a partner. */
export function storyButton({ id }: { id: string }, label = 'Show'): Button {
  return { label, command: 'partner show', args: { with: `#${id}` } };
}

/** Shows what somebody needs to know before they meet a partner. */
export const prepareButton = ({ id }: { id: string }): Button => ({
  label: 'Before a meeting',
  command: 'prepare',
  args: { with: `#${id}` },
});

/** Shows a partner, or brings an archived one back. */
export function showOrRestoreButton(partner: { id: string; archived: boolean }): Button {
  return partner.archived
    ? { label: 'Bring it back', command: 'partner restore', args: { name: `#${partner.id}` } }
    : storyButton(partner);
}

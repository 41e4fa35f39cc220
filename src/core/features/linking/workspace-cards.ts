import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { REPLACE } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { codeText } from './code.ts';

type Named = Pick<Partnership, 'name'>;

/** A fresh code for another workspace, and what to do with it. */
export function workspaceCodeCard(code: string): Reply {
  return {
    text: rich`In the other workspace, an owner or coordinator says ${bold(`workspace link ${codeText(code)}`)}. Nothing may have been noted there yet. The code works once, for ten minutes; then both have the same partners and members.`,
  };
}

/** Why a workspace that is in use cannot be linked, and what to do. */
export function notEmptyText(here: Named, other: Named): RichText {
  return rich`Something has been noted in ${bold(here.name)} already, and I cannot mix two registers. If nothing has in ${bold(other.name)}, do it the other way round: say workspace link here, and the code there.`;
}

/** Asks before two partnerships become one. */
export function shallTheyJoinCard(here: Named, other: Named, code: string): Reply {
  const args = { code, sure: 'yes', [REPLACE]: 'yes' };
  return {
    text: rich`Shall this workspace be part of ${bold(other.name)}? Everybody I know here becomes a member there, you too; a coordinator of theirs can give you another role. What is set for ${bold(here.name)} is no longer used, and this cannot be taken back.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          { label: 'Link them', command: 'workspace link', args, style: 'primary' },
          { label: 'Cancel', command: 'cancel', args: {} },
        ],
      },
    ],
  };
}

/** Says that a workspace is part of another partnership now. */
export function joinedCard(other: Named, came: number): Reply {
  return {
    text: rich`Done: this workspace is part of ${bold(other.name)} now, with ${memberCount(came)}. Whoever is a member in both places says link, to be one.`,
    card: [{ kind: 'buttons', buttons: [{ label: 'Link me', command: 'link', args: {} }] }],
  };
}

/** Says so again: whoever coordinated here has become a member there by it. */
export function joinedBefore(now: Named): Reply {
  return { text: rich`They are linked already: this workspace is part of ${bold(now.name)}.` };
}

/** Tells the one who gave the code. */
export function joinedNotice(workspaces: readonly string[], came: number): Reply {
  return {
    text: rich`${bold(workspaces.join(', '))} is linked now: ${memberCount(came)} came along. To give one of them another role, say members.`,
    card: [{ kind: 'buttons', buttons: [{ label: 'Members', command: 'members', args: {} }] }],
  };
}

const memberCount = (count: number): string => (count === 1 ? '1 member' : `${count} members`);

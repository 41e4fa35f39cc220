import { defineCollection, type Row } from '../../ports/store.ts';

/** What a code links: two members, or two workspaces. */
export type LinkKind = 'members' | 'workspaces';

/** A code to link two members or workspaces. It works once, for a short time. The row's id is the hash of the code. */
export interface LinkCode extends Row {
  kind: LinkKind;
  partnership: string;
  /** The member who got it. */
  member: string;
  expiresAt: Date;
  /** Who used it: the id of the member or partnership that is being merged; null: nobody yet. */
  usedBy: string | null;
  /** Whether the link is complete. The row stays until the code expires, so a repeat is recognised. */
  done: boolean;
}

export const linkCodes = defineCollection<LinkCode>()({
  name: 'linkCodes',
  scope: 'global',
  fields: {
    kind: 'text',
    partnership: 'text',
    member: 'text',
    expiresAt: 'moment',
    usedBy: 'text',
    done: 'flag',
  },
  indexes: {
    byMember: { on: ['partnership', 'member'] },
    byExpiry: { on: ['expiresAt'] },
    byPartnership: { on: ['partnership', 'expiresAt'] },
  },
});

/** How many wrong codes a member has typed lately. The row's id is the member's. */
export interface LinkAttempts extends Row {
  failed: number;
  /** The count starts again from then on. */
  resetsAt: Date;
}

export const linkAttempts = defineCollection<LinkAttempts>()({
  name: 'linkAttempts',
  scope: 'partnership',
  fields: { failed: 'integer', resetsAt: 'moment' },
  indexes: { byReset: { on: ['resetsAt'] } },
});

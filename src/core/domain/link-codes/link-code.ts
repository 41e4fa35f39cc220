import { defineCollection, type Row } from '../../ports/store.ts';

/** What a code joins: two members into one, or two workspaces' partnerships into one. */
export type Joins = 'members' | 'workspaces';

/** A code that somebody has been given: it works once, for a short time. The row's id is its hash. */
export interface LinkCode extends Row {
  joins: Joins;
  partnership: string;
  /** The member it was given to. */
  member: string;
  until: Date;
  /** Who has typed it: a member who is on the way to be one with the other, or a partnership; null: nobody. */
  taken: string | null;
  /** Whether that is done. The row stays for as long as the code would: said twice it is once done. */
  done: boolean;
}

export const linkCodes = defineCollection<LinkCode>()({
  name: 'linkCodes',
  scope: 'global',
  fields: {
    joins: 'text',
    partnership: 'text',
    member: 'text',
    until: 'moment',
    taken: 'text',
    done: 'flag',
  },
  indexes: {
    byMember: { on: ['partnership', 'member'] },
    byUntil: { on: ['until'] },
  },
});

/** Codes of a member that did not work. The row's id is the member's. */
export interface LinkTries extends Row {
  wrong: number;
  /** From then on they count from nothing. */
  until: Date;
}

export const linkTries = defineCollection<LinkTries>()({
  name: 'linkTries',
  scope: 'partnership',
  fields: { wrong: 'integer', until: 'moment' },
  indexes: {},
});

import type { Day } from '../../dates/day.ts';
import { type DueRow, defineCollection } from '../../ports/store.ts';
import type { Repeat } from './repeat.ts';

const states = ['open', 'done', 'cancelled'] as const;
type State = (typeof states)[number];

/** What makes a follow-up one of a series: one of them is open at a time. */
export interface Series {
  repeat: Repeat;
  /** The day the rule put this one on. Later moves `byDay`, and never this: what comes next is counted from here. */
  day: Day;
  /** What the next ones are called, and with whom: a change of just this one spares them. */
  title: string;
  partner: string | null;
}

/** A promise with an owner and a time. The row is due when it has a clock time of its own. */
export interface Followup extends DueRow {
  /** What was promised. */
  title: string;
  partner: string | null;
  /** The contact in which it was promised. */
  contact: string | null;
  /** True: ours to do. False: theirs, and `who` watches over it. */
  ours: boolean;
  who: string | null;
  /** Who has been asked to take it, and has not answered yet. */
  asked: string | null;
  askedBy: string | null;
  byDay: Day | null;
  /**
   * The day from which coordinators hear of it: it is late and its owner has been told so, or it is with nobody.
   * Null: not told, or due another day since.
   */
  raiseOn: Day | null;
  /** The clock time, where one was given: then it is reminded on its own. */
  at: Date | null;
  /** An instant with the clock time that it keeps when it moves to another day: twenty minutes later is none. */
  clock: Date | null;
  /** Null: it comes once. */
  series: Series | null;
  state: State;
  createdBy: string;
  createdAt: Date;
  /** When it was done or cancelled. */
  closedAt: Date | null;
}

export const followups = defineCollection<Followup>()({
  name: 'followups',
  scope: 'partnership',
  fields: {
    title: 'text',
    partner: 'text',
    contact: 'text',
    ours: 'flag',
    who: 'text',
    asked: 'text',
    askedBy: 'text',
    byDay: 'text',
    raiseOn: 'text',
    at: 'moment',
    clock: 'moment',
    series: 'data',
    state: 'text',
    createdBy: 'text',
    createdAt: 'moment',
    closedAt: 'moment',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {
    byWho: { on: ['state', 'who', 'byDay'] },
    byDay: { on: ['state', 'byDay'] },
    byPartner: { on: ['partner', 'state', 'byDay'] },
    byAsked: { on: ['state', 'asked'] },
    byRaise: { on: ['state', 'raiseOn'] },
    byClosed: { on: ['state', 'closedAt'] },
  },
});

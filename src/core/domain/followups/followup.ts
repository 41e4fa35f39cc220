import { type Day, dayOf } from '../../dates/day.ts';
import { type DueRow, defineCollection } from '../../ports/store.ts';
import type { Readership } from '../members/visibility.ts';
import { searchedText } from '../search-terms/search-term.ts';
import type { Repeat } from './repeat.ts';

const states = ['open', 'done', 'cancelled'] as const;
type State = (typeof states)[number];

/** The extra fields of a follow-up that repeats. One follow-up of a series is open at a time (see `series.ts`). */
export interface Series {
  repeat: Repeat;
  /** The day of this one by the rule. `followup later` moves `dueDay` only, since the next one is counted from here. */
  day: Day;
  /** The title and partner of the next ones. They stay the same when only this one is edited. */
  title: string;
  partner: string | null;
}

/**
 * A promise with an owner and a day. With a clock time, the row is due at that time for a reminder of its own. A private
 * one has readers, and nobody else sees it (see visibility.ts).
 */
export interface Followup extends DueRow, Readership {
  /** What was promised. */
  title: string;
  partner: string | null;
  /**
   * Ids of merged partners that it moved from, the last one last (see partner-merge). Null or missing: it was noted
   * with its partner.
   */
  formerPartners?: string[] | null;
  /** The contact in which it was promised. */
  contact: string | null;
  /** True: we promised. False: they promised, and `who` keeps an eye on it. */
  ours: boolean;
  /** Of theirs: the id of the person at the partner who promised it. Null or missing: nobody in particular. */
  promisedBy?: string | null;
  who: string | null;
  /** The member who was asked to take it on and has not answered yet. */
  asked: string | null;
  askedBy: string | null;
  dueDay: Day | null;
  /**
   * From this day coordinators hear of it: it is late and its owner was warned, or nobody owns it.
   * Null: the owner was not warned, or it was moved since.
   */
  escalateOn: Day | null;
  /**
   * The day on which its owner took it on from somebody else: what was late by then is called late from the day after.
   * Null or missing: nobody took it on.
   */
  takenOn?: Day | null;
  /** For a promise of theirs: the day on which we last asked for it; null: we have not. Asking is no contact. */
  chasedOn: Day | null;
  /** How often we have asked for it; null: never. */
  chases: number | null;
  /** The day on which a brief last suggested to ask for it, after it was due; null: none has. */
  chaseSuggestedOn: Day | null;
  /** The instant of its own reminder, if a clock time was given. */
  at: Date | null;
  /**
   * The instant of the next reminder of one that repeats: it was not done at its own time, and comes again. Null: its
   * own reminder is still to come, or none is.
   */
  remindAgainAt: Date | null;
  /** An instant whose clock time it keeps when it moves to another day. "In 20 minutes" does not change it. */
  clockTime: Date | null;
  /** Null: it does not repeat. */
  series: Series | null;
  state: State;
  createdBy: string;
  createdAt: Date;
  /** When it was done or cancelled. */
  closedAt: Date | null;
  /** The member who did that; null: nobody has, or it was before this was kept. */
  closedBy: string | null;
}

export const followups = defineCollection<Followup>()({
  name: 'followups',
  scope: 'partnership',
  fields: {
    title: 'text',
    partner: 'text',
    formerPartners: 'list',
    contact: 'text',
    ours: 'flag',
    promisedBy: 'text',
    who: 'text',
    asked: 'text',
    askedBy: 'text',
    dueDay: 'text',
    escalateOn: 'text',
    takenOn: 'text',
    chasedOn: 'text',
    chases: 'integer',
    chaseSuggestedOn: 'text',
    at: 'moment',
    remindAgainAt: 'moment',
    clockTime: 'moment',
    series: 'data',
    state: 'text',
    createdBy: 'text',
    createdAt: 'moment',
    closedAt: 'moment',
    closedBy: 'text',
    readers: 'list',
    readersCoordinate: 'flag',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {
    byWho: { on: ['state', 'who', 'dueDay'] },
    byDueDay: { on: ['state', 'dueDay'] },
    byOurs: { on: ['state', 'ours', 'dueDay'] },
    byPartner: { on: ['partner', 'state', 'dueDay'] },
    byAsked: { on: ['state', 'asked'] },
    byEscalation: { on: ['state', 'escalateOn'] },
    byClosed: { on: ['state', 'closedAt'] },
    byCreator: { on: ['createdBy'] },
    byAsker: { on: ['askedBy'] },
    byContact: { on: ['contact', 'state'] },
  },
  derived: searchedText('followups', ({ title, createdAt }) => ({
    text: title,
    day: dayOf(createdAt, 'UTC'),
  })),
});

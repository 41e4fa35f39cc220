import { addToDay, type Day, instantOf } from '../../dates/day.ts';
import { type DueRow, defineCollection, type New } from '../../ports/store.ts';

/** What somebody can ask about their own details. */
export const dataRequestKinds = ['see', 'correct', 'erase', 'complaint'] as const;
export type DataRequestKind = (typeof dataRequestKinds)[number];

/** How many days there are to answer. The law says a month, and no month is shorter. */
const ANSWER_DAYS = 28;
/** How many days before the end coordinators are reminded, and at what local minute: 09:00. */
const REMINDER_DAYS = 7;
const REMINDER_MINUTE = 9 * 60;

/** That somebody asked to see, correct or erase what is held on them, or complained. */
export interface DataRequest extends DueRow {
  /** Who asked, as a coordinator wrote it. */
  name: string;
  /** The id of the member who asked; null: somebody who is no member. */
  member: string | null;
  kind: DataRequestKind;
  askedOn: Day;
  /** The last day to answer. */
  answerBy: Day;
  /** The member who noted it. */
  notedBy: string;
  state: 'open' | 'done';
  closedBy: string | null;
  closedAt: Date | null;
  /** When coordinators are reminded; null: they were, or it is done. */
  remindAt: Date | null;
}

export const dataRequests = defineCollection<DataRequest>()({
  name: 'dataRequests',
  scope: 'partnership',
  fields: {
    name: 'text',
    member: 'text',
    kind: 'text',
    askedOn: 'text',
    answerBy: 'text',
    notedBy: 'text',
    state: 'text',
    closedBy: 'text',
    closedAt: 'moment',
    remindAt: 'moment',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: { byState: { on: ['state', 'answerBy'] }, byClosed: { on: ['state', 'closedAt'] } },
});

/** A new request. @param zone the partnership's: an IANA name */
export function newDataRequest(
  asked: Pick<DataRequest, 'id' | 'name' | 'member' | 'kind' | 'askedOn' | 'notedBy'>,
  { zone, now }: { zone: string; now: Date },
): New<DataRequest> {
  const answerBy = addToDay(asked.askedOn, { days: ANSWER_DAYS });
  const reminder = instantOf(addToDay(answerBy, { days: -REMINDER_DAYS }), REMINDER_MINUTE, zone);
  const remindAt = reminder > now ? reminder : null;
  return {
    ...asked,
    answerBy,
    state: 'open',
    closedBy: null,
    closedAt: null,
    remindAt,
    nextRunAt: remindAt,
    claim: null,
    sending: null,
  };
}

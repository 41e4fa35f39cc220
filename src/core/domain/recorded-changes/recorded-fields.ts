import { timeText } from '../../dates/time-of-day.ts';
import type { Identity } from '../../message/invocation.ts';
import type { Declaration, Row } from '../../ports/store.ts';
import { type Contact, contacts } from '../contacts/contact.ts';
import { type Digest, digestRhythmOf, digests } from '../digests/digest.ts';
import { postingText } from '../digests/rules.ts';
import type { HistoryValue } from '../history/history-entry.ts';
import { platformName } from '../identities/identity.ts';
import { type Member, members } from '../members/member.ts';
import { type Partner, partners } from '../partners/partner.ts';
import { type Partnership, partnerships } from '../partnerships/partnership.ts';
import { ruleScopeText } from '../partnerships/rules.ts';
import { safeguardingText } from '../partnerships/safeguarding.ts';
import { type Person, people } from '../people/person.ts';
import { type NoteRetention, noteRetentions } from '../retention/note-retention.ts';
import { type Workspace, workspaces } from '../workspaces/workspace.ts';

/**
 * How a value is shown. `every`: a duration as an interval. `rules`: pairs of a scope and such a duration. `ranges`:
 * first and last days, then the partner or level if they are not for everybody; only what was added or removed is shown.
 */
type ValueKind =
  | 'text'
  | 'day'
  | 'duration'
  | 'every'
  | 'weekdays'
  | 'calendar'
  | 'hours'
  | 'cap'
  | 'member'
  | 'partner'
  | 'channel'
  | 'rules'
  | 'ranges';

/** A field whose changes the history tells. */
export type RecordedField<T> = {
  /** The value to record, if it is not simply the field's. */
  read?(row: T): HistoryValue;
} & (
  | {
      /** The field in a sentence: `the lead`. */
      label: string;
      kind: ValueKind;
      /** Free text, which is kept for a short time only. */
      isWords?: true;
    }
  /** A field that is on or off: what somebody did who switched it. */
  | { on: string; off: string }
  /** A list of partners: what somebody did who added one, or removed one. Its name follows. */
  | { added: string; removed: string }
  /** A field whose values are not shown: what somebody did who changed it. */
  | { changed: string }
);

/** A collection whose changes the history tells. */
export interface RecordedCollection<T extends Row = Row> {
  declaration: Declaration<T>;
  /** The id of the partner, member or partnership that a row belongs to. */
  subjectOf(row: T, partnership: string): string;
  /** What somebody did who added a row; null: the fields of a new row count as changed. */
  added: string | null;
  /** What somebody did who removed a row; undefined: that is not told. The day of the row follows, if it has one. */
  removed?: string;
  /** Whether a row that was added at an instant is told; undefined: each is. */
  isNews?(row: T, at: Date): boolean;
  fields: { readonly [field: string]: RecordedField<T> };
}

const recorded = <T extends Row>(collection: RecordedCollection<T>): RecordedCollection =>
  collection as unknown as RecordedCollection;

const own = ({ id }: Row): string => id;

/** An account without its user, who is the member: `Slack, workspace T1`. */
const accountText = ({ platform, workspace }: Identity): string =>
  `${platformName(platform)} (${workspace})`;

const postingOf = (digest: Digest): string | null =>
  digest.nextAt === null ? null : `${postingText(digest)} at ${timeText(digest.minute)}`;

/** Reads something of the digest of one rhythm. */
const ofRhythm =
  (rhythm: 'weekly' | 'monthly', read: (row: Digest) => HistoryValue) => (row: Digest) =>
    digestRhythmOf(row) === rhythm ? read(row) : null;

/**
 * All fields whose changes the history tells. What the sweep or a contact changes is not among them, nor are a member's
 * own settings, such as when their brief comes.
 */
export const recordedCollections: readonly RecordedCollection[] = [
  recorded<Partner>({
    declaration: partners,
    subjectOf: own,
    added: 'added it',
    fields: {
      name: { label: 'the name', kind: 'text', isWords: true },
      aliases: { label: 'the other names', kind: 'text', isWords: true },
      level: { label: 'the level', kind: 'text' },
      sector: { label: 'the sector', kind: 'text', isWords: true },
      about: { label: 'what matters', kind: 'text', isWords: true },
      kinds: { label: 'the kind', kind: 'text' },
      stage: { label: 'the stage', kind: 'text' },
      partOf: { label: 'what it is a part of', kind: 'partner' },
      lead: { label: 'the lead', kind: 'member' },
      every: { label: 'how often to be in touch', kind: 'every' },
      archived: {
        on: 'put it in the archive',
        off: 'brought it back from the archive',
        read: ({ archived, mergedInto }) => archived && !mergedInto,
      },
      merges: {
        added: 'merged it with',
        removed: 'took it apart from',
        read: ({ merges }) => (merges ?? []).map(({ from }) => from),
      },
    },
  }),
  recorded<Person>({
    declaration: people,
    // Without names: those are in the people's own rows, and go with them.
    subjectOf: ({ positions }) => positions.at(-1)?.partner ?? '',
    added: 'noted a person there',
    removed: 'removed a person there',
    fields: {
      name: { changed: 'changed the name of a person there' },
      positions: { changed: 'changed what a person does, or where' },
      details: {
        changed: 'changed how to reach a person there',
        read: ({ phone, email, reach }) => [phone, email, reach],
      },
    },
  }),
  recorded<Contact>({
    declaration: contacts,
    subjectOf: ({ partner }) => partner,
    added: 'brought back a contact',
    removed: 'removed a contact',
    // A new contact stands in the story.
    isNews: ({ loggedAt }, at) => loggedAt < at,
    fields: {
      partner: {
        label: 'the partner of a contact',
        kind: 'partner',
        // A merge is told once, and not for each contact.
        read: ({ partner, formerPartners }) => formerPartners?.[0] ?? partner,
      },
      day: { label: 'the day of a contact', kind: 'day' },
      how: { label: 'the method of a contact', kind: 'text' },
      twoWay: { on: 'noted that they replied after all', off: 'noted that they did not reply' },
      note: { changed: 'changed the note of a contact' },
    },
  }),
  recorded<NoteRetention>({
    declaration: noteRetentions,
    subjectOf: own,
    added: null,
    fields: {
      keepUntil: { label: 'until when the notes are kept', kind: 'day' },
      reason: { label: 'why the notes are kept', kind: 'text', isWords: true },
    },
  }),
  recorded<Member>({
    declaration: members,
    subjectOf: own,
    added: 'let them in',
    fields: {
      role: { label: 'the role', kind: 'text' },
      tiedTo: {
        added: 'noted that they belong to',
        removed: 'noted that they no longer belong to',
      },
      active: { on: 'let them in', off: 'noted that they have left' },
      keeper: { label: 'who keeps in touch with them', kind: 'member' },
      accounts: {
        label: 'their accounts',
        kind: 'text',
        read: (row) => row.identities.map(accountText),
      },
      access: {
        on: 'noted that they lost their access in one place',
        off: 'gave them back their access',
        read: ({ access }) => access?.some(({ lost }) => lost) === true,
      },
      unidentifiedSince: {
        on: 'asked who they are',
        off: 'said who they are',
        read: ({ unidentifiedSince }) => (unidentifiedSince ?? null) !== null,
      },
    },
  }),
  recorded<Partnership>({
    declaration: partnerships,
    subjectOf: own,
    added: null,
    fields: {
      name: { label: 'the name', kind: 'text', isWords: true },
      zone: { label: 'the time zone', kind: 'text' },
      workingDays: { label: 'the working days', kind: 'weekdays' },
      calendar: { label: 'the bank holidays', kind: 'calendar' },
      holidays: {
        label: 'a holiday for everybody',
        kind: 'ranges',
        read: ({ holidays }) => (holidays ?? []).map(({ from, to }) => [from, to]),
      },
      partnerHolidays: {
        label: 'a holiday of partners',
        kind: 'ranges',
        read: ({ partnerHolidays }) =>
          (partnerHolidays ?? []).map(({ from, to, partner, level }) => [from, to, partner, level]),
      },
      quietHours: { label: 'the quiet hours', kind: 'hours' },
      weeklyCap: { label: 'the weekly limit of unasked messages', kind: 'cap' },
      every: { label: 'how often to be in touch', kind: 'every' },
      everyRules: {
        label: 'the rules for how often to be in touch',
        kind: 'rules',
        read: ({ everyRules }) => everyRules.map((rule) => [ruleScopeText(rule), rule.every]),
      },
      keepNotes: { label: 'how long notes stay', kind: 'duration' },
      safeguarding: {
        label: 'the safeguarding contact',
        kind: 'text',
        isWords: true,
        read: ({ safeguarding }) => (safeguarding ? safeguardingText(safeguarding) : null),
      },
    },
  }),
  recorded<Digest>({
    declaration: digests,
    subjectOf: (_, partnership) => partnership,
    added: null,
    fields: {
      weekly: { label: 'the weekly digest', kind: 'text', read: ofRhythm('weekly', postingOf) },
      monthly: { label: 'the monthly digest', kind: 'text', read: ofRhythm('monthly', postingOf) },
      weeklyChannel: {
        label: 'the channel of the weekly digest',
        kind: 'channel',
        read: ofRhythm('weekly', ({ channel }) => channel.channel),
      },
      monthlyChannel: {
        label: 'the channel of the monthly digest',
        kind: 'channel',
        read: ofRhythm('monthly', ({ channel }) => channel.channel),
      },
    },
  }),
  recorded<Workspace>({
    declaration: workspaces,
    subjectOf: ({ partnership }) => partnership,
    added: null,
    fields: { admits: { changed: 'changed who may join' } },
  }),
];

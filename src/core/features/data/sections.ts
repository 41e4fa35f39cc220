import { dayText, momentText } from '../../dates/day.ts';
import { type Acquaintance, acquaintances } from '../../domain/acquaintances/acquaintance.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { dataExports } from '../../domain/data-exports/data-export.ts';
import { type DataRequest, dataRequests } from '../../domain/data-requests/data-request.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isPersonHiddenFrom } from '../../domain/directory/people-seen.ts';
import { erasures } from '../../domain/erasures/erasure.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Handover, handovers } from '../../domain/handover/handover.ts';
import {
  type HistoryEntry,
  historyEntries,
  historyWords,
} from '../../domain/history/history-entry.ts';
import { type Interest, interests } from '../../domain/interests/interest.ts';
import { type JoinRequest, joinRequests } from '../../domain/join-requests/join-request.ts';
import { keptArgs } from '../../domain/kept-args/kept-args.ts';
import { type LinkCode, linkCodes } from '../../domain/link-codes/link-code.ts';
import { type Meeting, meetings } from '../../domain/meetings/meeting.ts';
import { type AsContact, asContact } from '../../domain/meetings/read-meetings.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  isTiedTo,
  type Viewer,
} from '../../domain/members/visibility.ts';
import { type OutgoingFile, outgoingFiles } from '../../domain/outgoing-files/outgoing-file.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import {
  type PartnershipDeletion,
  partnershipDeletions,
} from '../../domain/partnership-deletion/partnership-deletion.ts';
import { type Person, people } from '../../domain/people/person.ts';
import { type ActivityRow, activities } from '../../domain/receipts/activity.ts';
import { type CommandReceipt, receipts } from '../../domain/receipts/receipt.ts';
import { type NoteRetention, noteRetentions } from '../../domain/retention/note-retention.ts';
import { searchTerms } from '../../domain/search-terms/search-term.ts';
import type { AnyDeclaration, Declaration, Row } from '../../ports/store.ts';

/** A row that has something to do with the person. */
export interface Found<T extends Row = Row> {
  row: T;
  /** A field of it has their id: it is theirs, or they did it. */
  isTheirs: boolean;
  /** Whether their whole name is in it, or only a part of it, which can be somebody else's. */
  naming: 'whole' | 'part' | null;
}

/** One line of the file. */
export interface DataItem {
  text: string;
  /** Why a coordinator has to look at it before the person gets it; null: they may have it. */
  review: string | null;
}

/** Who reads the file, and whom it is about. */
export interface DataReader {
  viewer: Viewer;
  /** The reader has asked about themselves. */
  isOwn: boolean;
  subject: { name: string; member: Member | null };
  /** How the person sees things; null: they are no member. */
  subjectViewer: Viewer | null;
  directory: Directory;
  /** The reader's zone: an IANA name. */
  zone: string;
}

/** What the file says of the rows of one collection. */
interface Section {
  collection: string;
  title: string;
  items(found: readonly Found[], reader: DataReader): DataItem[];
}

function section<T extends Row>(
  { name }: Declaration<T>,
  title: string,
  item: (found: Found<T>, reader: DataReader) => DataItem,
): Section {
  const items = (found: readonly Found[], reader: DataReader) =>
    found.map((one) => item(one as Found<T>, reader));
  return { collection: name, title, items };
}

const MAY_BE_ANOTHER = 'it may be about somebody else of that name';
const PRIVATE = 'it is private';
const ABOUT_OTHERS = 'it is somebody else’s';
const TIED = 'it is about a partner they are part of';

const nameOf = (id: string | null, { directory }: DataReader): string =>
  (id && directory.member(id)?.name) || 'somebody who has left';
const partnerOf = (id: string | null, { directory }: DataReader): string =>
  (id && directory.partner(id)?.name) || 'no partner';
const isSubject = (id: string | null, { subject }: DataReader): boolean =>
  subject.member !== null && isSameMember(subject.member, id);

/** Why a note or promise needs a look; null: the person may have it. */
function reviewOf(
  { isTheirs, naming }: Found,
  isHidden: (viewer: Viewer) => boolean,
  readers: readonly string[] | null,
  { subjectViewer }: DataReader,
): string | null {
  if (isTheirs && subjectViewer && !isHidden(subjectViewer)) return null;
  if (readers) return PRIVATE;
  if (subjectViewer && isHidden(subjectViewer)) return TIED;
  return naming === 'part' ? MAY_BE_ANOTHER : null;
}

function contactItem(found: Found<Contact | AsContact>, reader: DataReader): DataItem {
  const { row } = found;
  const hidden = (viewer: Viewer) => isContactHiddenFrom(viewer, row);
  const author = isSubject(row.by, reader) ? '' : `, noted by ${nameOf(row.by, reader)}`;
  const facts = `${dayText(row.day)}, ${partnerOf(row.partner, reader)}${author}`;
  const words = hidden(reader.viewer)
    ? `You may not read the words: ask ${nameOf(row.by, reader)}.`
    : (row.note ?? 'no note');
  return {
    text: `${facts}: ${words}`,
    review: reviewOf(found, hidden, row.readers ?? null, reader),
  };
}

function followupItem(found: Found<Followup>, reader: DataReader): DataItem {
  const { row } = found;
  const hidden = (viewer: Viewer) => isFollowupHiddenFrom(viewer, row);
  const parts = isSubject(row.who, reader) ? ['theirs to do'] : [];
  if (isSubject(row.asked, reader)) parts.push('they were asked to do it');
  if (isSubject(row.askedBy, reader)) parts.push('they asked for it');
  if (isSubject(row.createdBy, reader)) parts.push('they noted it');
  if (isSubject(row.closedBy, reader)) parts.push('they closed it');
  const facts = [
    ...(row.partner ? [partnerOf(row.partner, reader)] : []),
    ...(row.dueDay ? [`by ${dayText(row.dueDay)}`] : []),
    row.state,
    ...parts,
  ];
  const title = hidden(reader.viewer) ? 'A promise that you may not read' : row.title;
  return {
    text: `${title} (${facts.join(', ')})`,
    review: reviewOf(found, hidden, row.readers ?? null, reader),
  };
}

/** Rows that a reader must not see the words of: they are counted, with their day. */
const othersItem = (text: string): DataItem => ({ text, review: ABOUT_OTHERS });

function deliveryItem({ row, isTheirs }: Found<Delivery>, reader: DataReader): DataItem {
  const when = momentText(row.sentAt ?? row.createdAt, reader.zone);
  if (!isTheirs || !isSubject(row.recipient, reader))
    return othersItem(`${when}: a message to somebody else names them`);
  // Its words can be about others, or about a partner to which they have been tied since.
  return { text: `${when}: ${row.kind}, ${row.state}`, review: null };
}

function receiptItem({ row, isTheirs }: Found<CommandReceipt>, reader: DataReader): DataItem {
  const when = momentText(row.at, reader.zone);
  if (!isTheirs) return othersItem(`${when}: an answer to somebody else names them`);
  return { text: `${when}: ${row.command}`, review: null };
}

function partnerItem({ row, isTheirs, naming }: Found<Partner>): DataItem {
  return isTheirs
    ? { text: `Lead of ${row.name}`, review: null }
    : {
        text: `Named in the partner ${row.name}`,
        review: naming === 'part' ? MAY_BE_ANOTHER : null,
      };
}

function personItem({ row, naming }: Found<Person>, reader: DataReader): DataItem {
  if (naming === null)
    return { text: `${dayText(row.keptOn)}: they had somebody kept`, review: null };
  if (isPersonHiddenFrom(reader.viewer, row, reader.directory))
    return othersItem('A person whom you may not see');
  const where = row.positions.map(({ partner, job, from, until }) => {
    const days = [from && ` from ${dayText(from)}`, until && ` until ${dayText(until)}`];
    return `${job ?? 'at'}, ${partnerOf(partner, reader)}${days.map((text) => text ?? '').join('')}`;
  });
  const details = [row.phone, row.email, row.reach].filter((text) => text !== null);
  const kept = `kept on ${dayText(row.keptOn)} by ${nameOf(row.keptBy, reader)}`;
  return {
    text: `${row.name} (${[...where, ...details, kept].join('; ')})`,
    review: naming === 'part' ? MAY_BE_ANOTHER : null,
  };
}

function historyItem({ row, isTheirs }: Found<HistoryEntry>, reader: DataReader): DataItem {
  const when = momentText(row.at, reader.zone);
  if (!isTheirs) return othersItem(`${when}: a change by somebody else names them`);
  const fields = [...row.changes.map(({ field }) => field), ...row.changedWords].join(', ');
  const who = isSubject(row.actor, reader) ? 'they' : nameOf(row.actor, reader);
  return { text: `${when}: ${who} ${row.event}${fields && `: ${fields}`}`, review: null };
}

const activitySection: Section = {
  collection: activities.name,
  title: 'When Convenor was used',
  items(found, { zone }) {
    const times = (found as readonly Found<ActivityRow>[])
      .map(({ row }) => row.at)
      .toSorted((a, b) => a.getTime() - b.getTime());
    const [first, last] = [times[0], times.at(-1)];
    if (!first || !last) return [];
    const hours = times.length === 1 ? '1 hour' : `${times.length} hours`;
    const text = `In ${hours} between ${momentText(first, zone)} and ${momentText(last, zone)}`;
    return [{ text, review: null }];
  },
};

/** The sections of the file, in order. The first one, of the member's own row, is in `gather.ts`. */
export const sections: readonly Section[] = [
  section(contacts, 'Notes of conversations', contactItem),
  section(followups, 'Promises', followupItem),
  section(partners, 'Partners', partnerItem),
  section(people, 'People at partners', personItem),
  section<NoteRetention>(noteRetentions, 'Why notes are kept longer', ({ row }, reader) => ({
    text: `${partnerOf(row.id, reader)}: ${isTiedTo(reader.viewer, row.id) ? 'You may not read the words.' : (row.reason ?? '')}`,
    review: ABOUT_OTHERS,
  })),
  section<Interest>(interests, 'Interests', ({ row }, reader) => ({
    text: `${partnerOf(row.partner, reader)}: ${row.kind}, declared on ${dayText(row.since)}`,
    review: null,
  })),
  section<Handover>(handovers, 'Handovers', ({ row }, reader) => ({
    text: `${momentText(row.startedAt, reader.zone)}: ${isSubject(row.from, reader) ? 'their' : `${nameOf(row.from, reader)}’s`} tasks were handed over${isSubject(row.by, reader) ? ' by them' : ''}`,
    review: null,
  })),
  section<Acquaintance>(acquaintances, 'Partners they said they know', ({ row }, reader) => ({
    text: `${partnerOf(row.partner, reader)}: said on ${dayText(row.saidOn)}`,
    review: null,
  })),
  section<Meeting>(meetings, 'Meetings with partners', ({ row, ...found }, reader) =>
    contactItem({ ...found, row: asContact(row, reader.directory) }, reader),
  ),
  section(deliveries, 'Messages: their words stand in the chat', deliveryItem),
  section<OutgoingFile>(outgoingFiles, 'Files', ({ row, isTheirs }, { zone }) =>
    isTheirs
      ? { text: `${momentText(row.createdAt, zone)}: ${row.name}`, review: null }
      : othersItem(`${momentText(row.createdAt, zone)}: a file for somebody else names them`),
  ),
  section(receipts, 'Commands of the last 30 days: the answers stand in the chat', receiptItem),
  section(historyEntries, 'Changes', historyItem),
  section(historyWords, 'Words that were changed, of the last 30 days', ({ row }, { zone }) =>
    othersItem(`${momentText(row.at, zone)}: words that were changed name them`),
  ),
  activitySection,
  section<JoinRequest>(joinRequests, 'Requests to be let in', ({ row, isTheirs, naming }) => ({
    text: `${row.name} asked to be let in`,
    review: isTheirs || naming === 'whole' ? null : MAY_BE_ANOTHER,
  })),
  section<LinkCode>(linkCodes, 'Codes for linking accounts', ({ row }, { zone }) => ({
    text: `Valid until ${momentText(row.expiresAt, zone)}`,
    review: null,
  })),
  section<DataRequest>(
    dataRequests,
    'Requests about details',
    ({ row, isTheirs, naming }, reader) => ({
      text: isSubject(row.notedBy, reader)
        ? `${dayText(row.askedOn)}: a request that they noted`
        : `${dayText(row.askedOn)}: ${row.kind}, ${row.state}`,
      review: isTheirs || naming === 'whole' ? null : MAY_BE_ANOTHER,
    }),
  ),
  section<PartnershipDeletion>(
    partnershipDeletions,
    'Deleting everything',
    ({ row }, { zone }) => ({
      text: `They had a part in a question of ${momentText(row.askedAt, zone)}`,
      review: null,
    }),
  ),
  section(keptArgs, 'Words kept for a button or a form', ({ row }, { zone }) =>
    othersItem(`Kept until ${momentText(row.keptUntil, zone)}`),
  ),
];

/** Collections that are left out: they only serve to find something, or hold no more than what is in another section. */
export const notShown: readonly AnyDeclaration[] = [
  dataExports,
  erasures,
  searchTerms,
] as readonly AnyDeclaration[];

/** What is said of a collection without a section. Its words may be anybody's. */
export const otherSection: Omit<Section, 'collection'> = {
  title: 'Elsewhere',
  items: (found) =>
    found.map(({ isTheirs, naming }) =>
      isTheirs && !naming
        ? { text: 'A row with their id', review: null }
        : othersItem('A place that names them'),
    ),
};

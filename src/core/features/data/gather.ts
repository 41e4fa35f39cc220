import { dayOf, dayText } from '../../dates/day.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isSameIdentity, platformName } from '../../domain/identities/identity.ts';
import { contactOf, isByHand } from '../../domain/members/by-hand.ts';
import { type Member, members, zoneOf } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { plainPrint } from '../../domain/personal-data/find-name.ts';
import type { PersonalData } from '../../domain/personal-data/personal-data.ts';
import { collectionOf, placesIn } from '../../domain/personal-data/places.ts';
import type { NameSearch } from '../../domain/personal-data/texts.ts';
import type { Identity } from '../../message/invocation.ts';
import type { FileContent } from '../../ports/platform.ts';
import type { Row, Store, Stores } from '../../ports/store.ts';
import {
  type DataItem,
  type DataReader,
  type Found,
  notShown,
  otherSection,
  sections,
} from './sections.ts';

/** Whom a file is about, and who gets it. */
export interface DataQuestion {
  name: string;
  /** The member it is about; null: somebody who is no member. */
  subject: Member | null;
  recipient: Member;
}

export interface GatherDeps {
  store: Store;
  stores: Pick<Stores, 'global'>;
  directory: Directory;
  partnership: Partnership;
  personalData: readonly PersonalData[];
  now: Date;
}

/** A file of what is held on somebody. */
export interface DataFile {
  file: FileContent;
  /** How many places there are, and how many of them a coordinator has to look at before the person gets them. */
  places: number;
  toReview: number;
}

interface ShownSection {
  title: string;
  items: readonly DataItem[];
}

/**
 * Puts together what is held on somebody, from every collection. If they ask themselves, what needs a coordinator's look
 * is counted only. A coordinator gets it marked, as far as they may read it.
 */
export async function gatherData(question: DataQuestion, deps: GatherDeps): Promise<DataFile> {
  const reader = readerOf(question, deps);
  const found = await findRows(question, deps);
  const shown = [ownSection(question, deps), ...sectionsOf(found, reader)].filter(
    ({ items }) => items.length > 0,
  );
  const items = shown.flatMap((section) => section.items);
  const toReview = items.filter(({ review }) => review !== null).length;
  const text = fileText(shown, { ...reader, toReview }, deps);
  const { isOwn, subject } = reader;
  return {
    file: {
      name: isOwn ? 'My data.txt' : `What is held on ${subject.name}.txt`,
      type: 'text/plain; charset=utf-8',
      bytes: Buffer.from(text),
    },
    places: items.length,
    toReview,
  };
}

function readerOf(
  { name, subject, recipient }: DataQuestion,
  { directory, partnership }: GatherDeps,
): DataReader {
  return {
    viewer: viewerOf(recipient, directory),
    isOwn: subject?.id === recipient.id,
    subject: { name: subject?.name ?? name, member: subject },
    subjectViewer: subject && viewerOf(subject, directory),
    directory,
    zone: zoneOf(recipient, partnership),
  };
}

/** The rows that name the person or have their id, by collection. */
async function findRows(
  { name, subject }: DataQuestion,
  { personalData, directory, ...stores }: GatherDeps,
): Promise<Map<string, Found[]>> {
  const ids = new Set(subject ? [subject.id, ...(subject.mergedFrom ?? [])] : []);
  const search: NameSearch = {
    print: plainPrint(subject?.name ?? name),
    member: subject?.id ?? null,
    isSomebodyElse: (id) => !ids.has(id) && directory.member(id)?.active === true,
  };
  const all = new Map<string, Found[]>();
  for (const declared of personalData) {
    const collection = declared.declaration.name;
    const rows = collectionOf(declared, stores);
    const isSkipped =
      notShown.some((one) => one.name === collection) || collection === members.name;
    if (!rows || isSkipped || Object.keys(declared.fields).length === 0) continue;
    const query = declared.rowsOf?.(stores.store.partnership) ?? { index: 'byId' };
    for await (const row of rows.all(query)) {
      const places = placesIn(row, declared, search);
      const isTheirs = hasId(row, declared, ids, subject?.identities ?? []);
      if (!isTheirs && places.length === 0) continue;
      const isWhole = places.some(({ isClear }) => isClear);
      const naming = places.length === 0 ? null : isWhole ? 'whole' : 'part';
      const found = all.get(collection) ?? [];
      found.push({ row, isTheirs, naming });
      all.set(collection, found);
    }
  }
  return all;
}

/** Whether one of the fields that name members or accounts has one of theirs. */
function hasId(
  row: Row,
  { fields }: PersonalData,
  ids: ReadonlySet<string>,
  identities: readonly Identity[],
): boolean {
  const values = row as unknown as Record<string, unknown>;
  return Object.entries(fields).some(([field, kind]) => {
    const value = values[field];
    if (kind === 'member') return [value].flat().some((id) => ids.has(id as string));
    return kind === 'identity' && identities.some((identity) => isAccount(value, identity));
  });
}

/** Whether a value is an account, has it as its `identity`, or is a list with it. */
function isAccount(value: unknown, identity: Identity): boolean {
  if (Array.isArray(value)) return value.some((one) => isAccount(one, identity));
  if (value === null || typeof value !== 'object') return false;
  if ('identity' in value) return isAccount(value.identity, identity);
  return isSameIdentity(value as Identity, identity);
}

function sectionsOf(found: ReadonlyMap<string, Found[]>, reader: DataReader): ShownSection[] {
  const known = sections.map(({ collection, title, items }) => ({
    title,
    items: items(found.get(collection) ?? [], reader),
  }));
  const others = [...found]
    .filter(([name]) => !sections.some(({ collection }) => collection === name))
    .flatMap(([, rows]) => otherSection.items(rows, reader));
  return [...known, { title: otherSection.title, items: others }];
}

/** What the member's own row holds. */
function ownSection(
  { subject }: DataQuestion,
  { partnership, directory }: GatherDeps,
): ShownSection {
  if (!subject) return { title: '', items: [] };
  const tied = subject.tiedTo.map((id) => directory.partner(id)?.name ?? 'a partner');
  const ties = [...new Set(tied)];
  const lines = [
    `Name: ${subject.name}`,
    `Role: ${subject.role}${subject.active ? '' : ', has left'}`,
    ...subject.identities.map(
      ({ platform, workspace, user }) =>
        `Account: ${platformName(platform)}, workspace ${workspace}, user ${user}`,
    ),
    `Time zone: ${zoneOf(subject, partnership)}`,
    `Briefs: ${effectiveRhythm(subject)}, at ${timeText(subject.briefAt)}${subject.briefDays ? `, on ${weekdaysText(subject.briefDays)}` : ''}`,
    ...(subject.quietHours ? [`Quiet hours: ${subject.quietHours}`] : []),
    ...(subject.pausedUntil ? [`Paused until: ${dayText(subject.pausedUntil)}`] : []),
    ...(subject.dmFallback ? [`When direct messages are closed: ${subject.dmFallback}`] : []),
    ...(isByHand(subject)
      ? [
          `Added by name: ${contactOf(subject, directory)?.name ?? 'somebody'} keeps in touch with them`,
        ]
      : []),
    ...(ties.length > 0 ? [`Part of: ${ties.join(', ')}`] : []),
  ];
  const items = lines.map((text) => ({ text, review: null }));
  return { title: 'Who they are, and their settings', items };
}

function fileText(
  shown: readonly ShownSection[],
  { isOwn, subject, zone, toReview }: DataReader & { toReview: number },
  { partnership, now }: GatherDeps,
): string {
  const lines = shown.flatMap(({ title, items }) => {
    const given = isOwn ? items.filter(({ review }) => review === null) : items;
    if (given.length === 0) return [];
    return ['', title.toUpperCase(), ...given.map(itemText)];
  });
  return [
    `What ${partnership.name} holds on ${subject.name} in Convenor`,
    dayText(dayOf(now, zone)),
    '',
    ...introduction({ isOwn, toReview, isEmpty: lines.length === 0 }),
    ...lines,
    '',
  ].join('\n');
}

const itemText = ({ text, review }: DataItem): string => {
  const line = text.replaceAll('\n', '\n  ');
  return review === null ? `- ${line}` : `- REVIEW, ${review}: ${line}`;
};

function introduction({
  isOwn,
  toReview,
  isEmpty,
}: {
  isOwn: boolean;
  toReview: number;
  isEmpty: boolean;
}): string[] {
  if (isEmpty && toReview === 0) return ['Nothing is held under that name.'];
  const places = toReview === 1 ? '1 place' : `${toReview} places`;
  if (!isOwn)
    return [
      'This is for you as a coordinator. Make sure who is asking before you give it to anybody.',
      'Lines that begin with REVIEW need a look first: they may be about somebody else, or be private.',
      'Messages and files that people have saved themselves, and backups, are not in this list.',
    ];
  if (toReview === 0) return ['This is all that is held on you.'];
  return [
    `This is what is held on you, but for ${places}. Private notes, and what is about other people too, a coordinator looks at first. They have been told.`,
  ];
}

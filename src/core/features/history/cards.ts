import { isDeepStrictEqual } from 'node:util';
import { hiddenText } from '../../cards/hidden-text.ts';
import { durationText, everyText } from '../../dates/duration.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { HistoryEntry, HistoryValue } from '../../domain/history/history-entry.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { NO_CAP } from '../../domain/notification-policy/weekly-cap.ts';
import { holidayScopeText, rangeText } from '../../domain/partnerships/holidays.ts';
import { calendarText } from '../../domain/partnerships/rules.ts';
import {
  type RecordedField,
  recordedCollections,
} from '../../domain/recorded-changes/recorded-fields.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, day, joined, moment, type RichText, rich } from '../../message/rich-text.ts';
import type { HistoryPage } from './read.ts';

/** Whose history it is. */
export type HistoryTopic =
  | { kind: 'partner' | 'member'; id: string; name: string }
  | { kind: 'settings'; id: string };

/** Who reads a history. */
export interface HistoryReader {
  member: Member;
  directory: Directory;
}

/** A page of a history. @param isPartial the reader sees only what they did themselves */
export function historyCard(
  page: HistoryPage,
  topic: HistoryTopic,
  reader: HistoryReader,
  { isPartial, isFirst }: { isPartial: boolean; isFirst: boolean },
): Reply {
  const partial: Block[] = isPartial ? [partialNote(reader)] : [];
  if (page.entries.length === 0) {
    const text = isFirst
      ? rich`Nothing is recorded about ${titleOf(topic)}.`
      : rich`That was all of it.`;
    return { text, card: partial };
  }
  const rows = page.entries.map(
    (entry): Block => ({ kind: 'text', text: entryText(entry, page, reader) }),
  );
  const more: Block[] = page.end
    ? [{ kind: 'buttons', buttons: [moreButton(topic, page.end)] }]
    : [];
  return {
    text: isFirst ? rich`What changed: ${titleOf(topic)}` : rich`Before that: ${titleOf(topic)}`,
    card: [...rows, ...partial, ...more],
  };
}

const partialNote = ({ member, directory }: HistoryReader): Block => ({
  kind: 'note',
  text: hiddenText(
    viewerOf(member, directory),
    rich`You're part of this partner, so you only see what you changed yourself.`,
  ),
});

const titleOf = (topic: HistoryTopic): RichText =>
  topic.kind === 'settings' ? rich`the settings` : rich`${bold(topic.name)}`;

function moreButton(topic: HistoryTopic, end: Date): Button {
  const before = end.toISOString();
  if (topic.kind === 'settings')
    return { label: 'See earlier', command: 'history settings', args: { before } };
  const which = { [topic.kind === 'member' ? 'who' : 'which']: `#${topic.id}` };
  return { label: 'See earlier', command: 'history', args: { ...which, before } };
}

/** One entry: when, who, and what they did. */
function entryText(entry: HistoryEntry, { words }: HistoryPage, reader: HistoryReader): RichText {
  return rich`${moment(entry.at)}: ${actorText(entry.actor, reader)} ${joined(
    actionsOf(entry, words.get(entry.id)?.changes ?? [], reader),
    '; ',
  )}`;
}

function actorText(actor: string | null, { member, directory }: HistoryReader): string {
  if (actor === null) return 'I';
  if (isSameMember(member, actor)) return 'You';
  return directory.member(actor)?.name ?? 'Somebody who has left';
}

function actionsOf(
  { event, collectionName, changes, changedWords, count }: HistoryEntry,
  words: HistoryEntry['changes'],
  reader: HistoryReader,
): RichText[] {
  const places = count !== null && ` (${count === 1 ? '1 place' : `${count} places`})`;
  if (event === 'erased') return [rich`erased somebody's details${places}`];
  if (event === 'exported') return [rich`got a file of what is held on somebody${places}`];
  const recorded = recordedCollections.find(
    ({ declaration }) => declaration.name === collectionName,
  );
  if (event === 'added') return [rich`${recorded?.added ?? 'added something'}`];
  const removedDay = changes.find(({ field }) => field === 'day')?.before;
  if (event === 'removed')
    return [
      rich`${recorded?.removed ?? 'removed something'}${typeof removedDay === 'string' && rich` of ${day(removedDay)}`}`,
    ];
  const fields = recorded?.fields ?? {};
  return [
    ...changes.map((change) => changeText(fields[change.field], change, reader)),
    ...changedWords.map((field) => {
      const kept = words.find((change) => change.field === field);
      return kept ? changeText(fields[field], kept, reader) : changedText(fields[field]);
    }),
  ];
}

/** A change whose values are no longer kept, or whose field is no longer declared. */
function changedText(field: RecordedField<never> | undefined): RichText {
  return field && 'label' in field ? rich`changed ${field.label}` : rich`changed something`;
}

function changeText(
  field: RecordedField<never> | undefined,
  { before, after }: { before: HistoryValue; after: HistoryValue },
  reader: HistoryReader,
): RichText {
  if (!field) return changedText(field);
  if ('changed' in field) return rich`${field.changed}`;
  if ('on' in field) return rich`${after === true ? field.on : field.off}`;
  if ('added' in field) return listText(field, before, after, reader);
  const { label, kind } = field;
  if (kind === 'ranges') return rangesText(label, before, after, reader);
  const [was, is] = [valueText(before, kind, reader), valueText(after, kind, reader)];
  if (was && is) return rich`changed ${label} from ${was} to ${is}`;
  if (is) return rich`set ${label}: ${is}`;
  return rich`removed ${label}${was && rich`, which ${label.endsWith('s') ? 'were' : 'was'} ${was}`}`;
}

/** What was added to a list of partners, and what was removed. */
function listText(
  { added, removed }: { added: string; removed: string },
  before: HistoryValue,
  after: HistoryValue,
  { directory }: HistoryReader,
): RichText {
  const [was, is] = [idsOf(before), idsOf(after)];
  const names = (ids: readonly string[]) =>
    joined(
      ids.map((id) => {
        // A merge names the partner as it was called.
        const merged = directory.mergedPartners.find((partner) => partner.id === id);
        return rich`${bold((merged ?? directory.partner(id))?.name ?? 'a partner')}`;
      }),
      ' and ',
    );
  const more = is.filter((id) => !was.includes(id));
  const fewer = was.filter((id) => !is.includes(id));
  const parts = [
    ...(more.length > 0 ? [rich`${added} ${names(more)}`] : []),
    ...(fewer.length > 0 ? [rich`${removed} ${names(fewer)}`] : []),
  ];
  return joined(parts, ', and ');
}

/** What was added to a list of ranges of days, and what was removed. */
function rangesText(
  label: string,
  before: HistoryValue,
  after: HistoryValue,
  reader: HistoryReader,
): RichText {
  const list = (value: HistoryValue): readonly HistoryValue[] =>
    Array.isArray(value) ? value : [];
  const without = (ranges: readonly HistoryValue[], others: readonly HistoryValue[]) =>
    ranges.filter((range) => !others.some((other) => isDeepStrictEqual(range, other)));
  const [was, is] = [list(before), list(after)];
  const [more, fewer] = [without(is, was), without(was, is)];
  const parts = [
    ...(more.length > 0 ? [rich`set ${label}: ${valueText(more, 'ranges', reader)}`] : []),
    ...(fewer.length > 0 ? [rich`removed ${label}: ${valueText(fewer, 'ranges', reader)}`] : []),
  ];
  return joined(parts, ', and ');
}

const idsOf = (value: HistoryValue): string[] => (Array.isArray(value) ? value.map(String) : []);

type LabelledField = Extract<RecordedField<never>, { kind: string }>;

/** A value in words; undefined if there is none. */
function valueText(
  value: HistoryValue,
  kind: LabelledField['kind'],
  reader: HistoryReader,
): RichText | undefined {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return undefined;
  if (kind === 'channel') return [{ channel: String(value), name: String(value) }];
  if (kind === 'day') return rich`${day(String(value))}`;
  return rich`${wordsOf(value, kind, reader)}`;
}

function wordsOf(
  value: HistoryValue,
  kind: LabelledField['kind'],
  { member, directory }: HistoryReader,
): string {
  const list = Array.isArray(value) ? (value as readonly HistoryValue[]) : [value];
  const each = (text: (one: HistoryValue) => string) => list.map(text).join(', ');
  switch (kind) {
    case 'member':
      return isSameMember(member, String(value))
        ? 'you'
        : (directory.member(String(value))?.name ?? 'somebody who has left');
    case 'partner':
      return directory.partner(String(value))?.name ?? 'a partner';
    case 'duration':
      return durationText(String(value));
    case 'every':
      return everyText(String(value));
    case 'weekdays':
      return weekdaysText(list.map(Number));
    case 'calendar':
      return calendarText(String(value));
    case 'cap':
      return value === NO_CAP ? 'no limit' : String(value);
    case 'rules':
      return each((rule) => {
        const [scope, every] = rule as readonly string[];
        return `${scope}: ${everyText(every ?? '')}`;
      });
    case 'ranges':
      return each((range) => {
        const [from, to, partner = null, level = null] = range as readonly (string | null)[];
        const days = rangeText({ from: from ?? '', to: to ?? '' });
        const scope = { partner, level };
        if (partner === null && level === null) return days;
        return `${days} (${holidayScopeText(scope, (id) => directory.partner(id)?.name)})`;
      });
    default:
      return each(String);
  }
}

import { type Day, dayOf } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { HistoryValue } from '../../domain/history/history-entry.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';
import { type Journey, type JourneyField, type JourneyStep, journeyFields } from './read.ts';

interface JourneyReader {
  member: Member;
  directory: Directory;
  /** An IANA name. */
  zone: string;
}

/** How many changes are shown. */
const MAX_STEPS_SHOWN = 12;

/** How a relationship has changed: a sentence, then each change with its day and author. */
export function journeyCard(partner: Partner, journey: Journey, reader: JourneyReader): Reply {
  const { added, steps } = journey;
  const first = journeyFields.map((field) =>
    valueText(field, startOf(field, partner, steps), reader),
  );
  const facts = joined(
    first.filter((text) => text !== undefined),
    ' · ',
  );
  const begin = added
    ? rich`${day(dayOf(added.at, reader.zone))}, ${actorText(added.actor, reader)}: added it`
    : rich`At first`;
  const shown = steps.slice(-MAX_STEPS_SHOWN);
  const args = { which: `#${partner.id}` };
  const all = { label: 'See everything', command: 'history', args };
  const card: Block[] = [
    { kind: 'text', text: facts.length > 0 ? rich`${begin} · ${facts}` : begin },
    ...shown.map((step): Block => ({ kind: 'text', text: stepText(step, reader) })),
    { kind: 'buttons', buttons: [all] },
  ];
  if (steps.length === 0) return { text: rich`${bold(partner.name)} is as it was at first.`, card };
  const kinds = kindsSentence(partner, journey, reader);
  return { text: rich`${bold(partner.name)}: ${kinds ?? 'what has changed.'}`, card };
}

/** The value that a field had at first. */
function startOf(
  field: JourneyField,
  partner: Partner,
  steps: readonly JourneyStep[],
): HistoryValue {
  for (const { changes } of steps) {
    const change = changes.find((one) => one.field === field);
    if (change) return change.before;
  }
  return partner[field];
}

/** `from information sharing in 2026 to co-producing in 2028.` Undefined: the kinds are as they were, or were changed within a day. */
function kindsSentence(
  partner: Partner,
  { added, steps }: Journey,
  { zone }: JourneyReader,
): RichText | undefined {
  const known: { kinds: string; on: Day }[] = [];
  const begin = startOf('kinds', partner, steps);
  const start = added ?? steps[0];
  if (start) known.push({ kinds: listed(begin), on: dayOf(start.at, zone) });
  for (const { at, changes } of steps) {
    const change = changes.find(({ field }) => field === 'kinds');
    if (change) known.push({ kinds: listed(change.after), on: dayOf(at, zone) });
  }
  const named = known.filter(({ kinds }) => kinds !== '');
  const [from, to] = [named[0], named.at(-1)];
  if (!from || !to || from.kinds === to.kinds || from.on === to.on) return undefined;
  const year = ({ on }: { on: Day }) => on.slice(0, 4);
  return year(from) === year(to)
    ? rich`from ${from.kinds} on ${day(from.on)} to ${to.kinds} on ${day(to.on)}.`
    : rich`from ${from.kinds} in ${year(from)} to ${to.kinds} in ${year(to)}.`;
}

const listed = (value: HistoryValue): string =>
  Array.isArray(value) ? value.map(String).join(' and ') : '';

function stepText({ at, actor, changes }: JourneyStep, reader: JourneyReader): RichText {
  const parts = journeyFields.flatMap((field): RichText[] => {
    const change = changes.find((one) => one.field === field);
    if (!change) return [];
    const is = valueText(field, change.after, reader) ?? NOTHING[field];
    const was = valueText(field, change.before, reader);
    return [was ? rich`${is} (before: ${was})` : rich`${is}`];
  });
  return rich`${day(dayOf(at, reader.zone))}, ${actorText(actor, reader)}: ${joined(parts, '; ')}`;
}

const NOTHING: { readonly [field in JourneyField]: string } = {
  kinds: 'no kind',
  stage: 'no stage',
  level: 'no level',
  lead: 'nobody leads it',
};

/** A value in words; undefined if there is none. */
function valueText(
  field: JourneyField,
  value: HistoryValue,
  { member, directory }: JourneyReader,
): RichText | undefined {
  if (field === 'kinds') return listed(value) === '' ? undefined : rich`${listed(value)}`;
  if (typeof value !== 'string') return undefined;
  if (field !== 'lead') return rich`${value}`;
  if (isSameMember(member, value)) return rich`you lead it`;
  return rich`${directory.member(value)?.name ?? 'somebody who has left'} leads it`;
}

function actorText(actor: string | null, { member, directory }: JourneyReader): string {
  if (actor === null) return 'Convenor';
  return isSameMember(member, actor)
    ? 'you'
    : (directory.member(actor)?.name ?? 'somebody who has left');
}

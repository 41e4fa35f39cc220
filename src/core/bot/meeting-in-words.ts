import { quoteShort } from '../base/text.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { type Member, zoneOf } from '../domain/members/member.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import { FORM, type Invocation, WORDS } from '../message/invocation.ts';
import { type Button, cancelButton, type Reply } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { matchStart } from '../names/match.ts';
import { dayInWords } from '../parsing/day-in-words.ts';

/** Who typed a line, where and when. */
export interface MeetingLineContext {
  directory: Directory;
  member: Member;
  partnership: Partnership;
  now: Date;
}

const MEETING = /^meeting(?:\s+with)?\s+(\S.*)$/i;
/** Words that tell of a meeting that is over. */
const IS_OVER =
  /\b(?:yesterday|last|ago|went|was|were|had|said|told|agreed|asked|promised|discussed|talked|good|great)\b/i;

/**
 * "Meeting riverside council thursday 11am with Jane": a meeting to come with a partner that is known. "Meeting tuesday"
 * alone is asked about, with the words kept.
 */
export function readMeeting(
  line: string,
  { directory, member, partnership, now }: MeetingLineContext,
): { means: Pick<Invocation, 'command' | 'args'> } | { reply: Reply } | undefined {
  const words = MEETING.exec(line)?.[1];
  if (words === undefined || IS_OVER.test(words)) return undefined;
  const zone = zoneOf(member, partnership);
  const context = { now, zone, tense: 'future', week: partnership } as const;
  const start = matchStart(words, directory.activePartners);
  if (start.kind === 'one') {
    const found = dayInWords(start.rest, context);
    if (!found || found.reading.kind === 'refused') return undefined;
    const args = { with: `#${start.item.id}`, [WORDS]: start.rest };
    return { means: { command: 'partner meeting', args } };
  }
  const found = dayInWords(words, context);
  const isDayAlone = found?.others === '' && found.reading.kind !== 'refused';
  return isDayAlone ? { reply: askWhoseMeeting(words) } : undefined;
}

function askWhoseMeeting(day: string): Reply {
  const buttons: Button[] = [
    { label: 'Ours: remind me', command: 'followup add', args: { next: 'Our meeting', by: day } },
    { label: 'With a partner', command: 'partner meeting', args: { when: day, [FORM]: 'yes' } },
  ];
  return {
    text: rich`The meeting on "${quoteShort(day)}": ours, or with a partner? I've kept your words.`,
    card: [{ kind: 'buttons', buttons: [...buttons, cancelButton] }],
  };
}

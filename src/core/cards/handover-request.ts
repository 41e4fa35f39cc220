import { counted, listText } from '../base/text.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { isByHand } from '../domain/members/by-hand.ts';
import type { Member } from '../domain/members/member.ts';
import type { Assigned } from '../domain/notices/assigned.ts';
import { type RawArgs, REPLACE } from '../message/invocation.ts';
import type { Block, Button, Reply } from '../message/reply.ts';
import { member, type RichText, rich } from '../message/rich-text.ts';
import { passedOn } from './by-hand-text.ts';
import { someOf, titlesOf } from './titles.ts';

/** A request to take on tasks of a member, who is the subject. */
interface HandoverRequest extends Assigned {
  subject: string;
}

/** Whether a notice asks its reader to take on tasks of somebody else. */
export function isHandoverRequest(
  { subject, assignedBy }: { subject: string; assignedBy: string | null },
  directory: Directory,
): boolean {
  return assignedBy === null && directory.member(subject) !== undefined;
}

/** The message that asks somebody to take on tasks of somebody else, or of several. */
export function handoverMessage(
  requests: readonly HandoverRequest[],
  reader: Member,
  directory: Directory,
): Reply {
  const [only, ...others] = requests;
  if (only && others.length === 0)
    return {
      text: requestText(only, reader, directory),
      card: [{ kind: 'buttons', buttons: handoverAnswers(only, directory, { [REPLACE]: 'yes' }) }],
    };
  return {
    text: rich`${counted(requests.length, 'request')} are waiting for you.`,
    card: requests.map((one) => handoverRow(one, reader, directory)),
  };
}

/** The same request as a row of a list. */
export function handoverRow(request: HandoverRequest, reader: Member, directory: Directory): Block {
  const text = requestText(request, reader, directory);
  return { kind: 'row', text, buttons: handoverAnswers(request, directory) };
}

/** The member who is asked. */
const askedMember = ({ followups, partners }: Assigned, directory: Directory): Member | undefined =>
  directory.member(followups[0]?.asked ?? partners[0]?.leadAsked ?? '');

function requestText(
  { subject, followups, partners }: HandoverRequest,
  reader: Member,
  directory: Directory,
): RichText {
  const from = directory.member(subject);
  const asker = directory.member(followups[0]?.askedBy ?? partners[0]?.leadAskedBy ?? '');
  const keeper = directory.member(followups[0]?.who ?? partners[0]?.lead ?? '');
  const name = from?.name ?? 'somebody';
  const asking =
    asker && asker.id === from?.id
      ? rich`${member(asker)} would like to hand this over. Could you take it on?`
      : rich`${from?.active === false && `${name} has left. `}${asker ? member(asker) : 'Somebody'} asks: could you take this on${from?.active && ` from ${name}`}?`;
  const part = followups.length + partners.length > 1 && ' A part of it is fine too.';
  const text = rich`${asking}${tasksNamed({ followups, partners })} ${keeper ? `${keeper.name} keeps it` : 'Nobody has it'} unless you say yes.${part}`;
  return passedOn(text, askedMember({ followups, partners }, directory), reader);
}

/** What there is to take on, by name. It begins with a space. */
export function tasksNamed({ followups, partners }: Assigned): RichText {
  const toDo = followups.length > 0 && rich` To do: ${titlesOf(followups)}.`;
  const toLead =
    partners.length > 0 && rich` To lead: ${someOf(partners.map(({ name }) => name))}.`;
  return rich`${toDo}${toLead}`;
}

/** How much there is: `2 follow-ups and the lead of 3 partners`. */
export function tasksCounted(tasks: { followups: number; partners: number }): string {
  const parts = [
    ...(tasks.followups > 0 ? [counted(tasks.followups, 'follow-up')] : []),
    ...(tasks.partners > 0 ? [`the lead of ${counted(tasks.partners, 'partner')}`] : []),
  ];
  return listText(parts, 'and');
}

/** The buttons that answer a request. For somebody added by hand they say whose answer it is. */
export function handoverAnswers(
  { subject, followups, partners }: HandoverRequest,
  directory: Directory,
  extra: RawArgs = {},
): Button[] {
  const asked = askedMember({ followups, partners }, directory);
  const request = { from: `#${subject}`, ...(asked && isByHand(asked) && { to: `#${asked.id}` }) };
  const args = { ...request, ...extra };
  const isOne = followups.length + partners.length === 1;
  const part: Button = {
    label: 'A part of it…',
    command: 'handover part',
    args: request,
  };
  return [
    { label: isOne ? 'Yes' : 'Yes, all of it', command: 'handover accept', args, style: 'primary' },
    ...(isOne ? [] : [part]),
    { label: "Sorry, can't", command: 'handover decline', args },
  ];
}

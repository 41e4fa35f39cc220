import { counted } from '../../base/text.ts';
import { tasksCounted, tasksNamed } from '../../cards/handover-request.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import { titlesOf } from '../../cards/titles.ts';
import type { Day } from '../../dates/day.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Tasks, Workload } from '../../domain/handover/workload.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, isTiedTo, type Viewer } from '../../domain/members/visibility.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import { type Block, type Button, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';

/** Asks before a member's tasks go back. */
export function confirmHandBackCard(workload: Workload, viewer: Viewer): Reply {
  return {
    text: rich`You ${workloadText(workload, ['have', 'lead'], viewer)}. I'll ask those who gave you something to take it back. The rest waits until a coordinator finds somebody. Nothing is deleted.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Give my tasks back',
            command: 'hand back',
            args: { sure: 'yes' },
            style: 'primary',
          },
          { label: 'Keep them', command: 'cancel', args: {} },
        ],
      },
    ],
  };
}

/** A workload in words: `has 2 follow-ups (**send the plan, book the hall**) and leads 1 partner`. */
function workloadText(
  { mine, asked, led, askedToLead }: Workload,
  [has, leads]: [string, string],
  viewer: Viewer,
): RichText {
  const requests = asked.length + askedToLead.length;
  const titles = mine.length > 0 && rich` (${visibleTitles(mine, viewer)})`;
  const parts = [
    mine.length > 0 && rich`${counted(mine.length, 'follow-up')}${titles}`,
    requests > 0 && rich`${counted(requests, 'open request')}`,
  ].filter((part) => part !== false);
  const tasks = parts.length > 0 && rich`${has} ${joined(parts, ' and ')}`;
  const partners = led.length > 0 && `${leads} ${counted(led.length, 'partner')}`;
  return rich`${tasks}${tasks && partners && (parts.length > 1 ? ', and ' : ' and ')}${partners}`;
}

/** The titles that somebody may see, and how many are hidden from them. */
function visibleTitles(rows: readonly Followup[], viewer: Viewer): RichText {
  const shown = rows.filter((row) => !isFollowupHiddenFrom(viewer, row));
  const hidden = rows.filter((row) => isFollowupHiddenFrom(viewer, row));
  const tied = hidden.filter(({ partner }) => isTiedTo(viewer, partner)).length;
  const parts = [
    shown.length > 0 && titlesOf(shown),
    tied > 0 && hiddenText(viewer, rich`${tied} about a partner you're part of`, `${tied} hidden`),
    hidden.length > tied && rich`${hidden.length - tied} private`,
  ];
  return joined(
    parts.filter((part) => part !== false),
    ' and ',
  );
}

/** Asks who should take over the tasks of somebody who has left. */
export function askHandoverCard(holder: Member, workload: Workload, viewer: Viewer): Reply {
  const handTo = (label: string, args: Record<string, string>): Button => ({
    label,
    command: 'member left',
    args: { who: `#${holder.id}`, ...args },
  });
  const buttons: Button[] = [
    handTo('Hand over to…', { [FORM]: 'yes' }),
    handTo('To me', { to: 'me' }),
    handTo('To nobody yet', { to: 'none' }),
    cancelButton,
  ];
  return {
    text: rich`${bold(holder.name)} ${workloadText(workload, ['has', 'leads'], viewer)}. Who should take them on? Requests go back to the person who asked, and nothing is deleted.`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** Whose tasks a handover is about, as it was typed. */
interface HandoverView {
  holder: Member;
  /** The holder hands over themselves. */
  isOwn: boolean;
  tasks: Tasks;
  viewer: Viewer;
  /** How many private promises stay where they are. */
  kept: number;
  raw: RawArgs;
}

/** Asks who should take something over. */
export function whoTakesOverCard(view: HandoverView): Reply {
  const { holder, isOwn, tasks, viewer, raw } = view;
  const handTo = (label: string, args: RawArgs): Button => ({
    label,
    command: 'handover',
    args: { ...raw, ...args },
  });
  const buttons: Button[] = [
    handTo('Ask somebody…', { [FORM]: 'yes' }),
    ...(isOwn ? [] : [handTo('To me', { to: 'me' })]),
    handTo('To nobody yet', { to: 'none' }),
    cancelButton,
  ];
  const workload = { ...tasks, asked: [], askedToLead: [] };
  const subject = isOwn ? rich`You` : bold(holder.name);
  const verbs: [string, string] = isOwn ? ['have', 'lead'] : ['has', 'leads'];
  const what = holder.active
    ? rich`${subject} ${workloadText(workload, verbs, viewer)}`
    : rich`${countedTasks(tasks)} of ${bold(holder.name)}'s ${isSingle(tasks) ? 'is' : 'are'} with nobody`;
  return {
    text: rich`${what}. Who could take that on? Whoever you name is asked first, and nothing is deleted.${keptText(view)}`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** Shows what would be handed over to somebody, or to nobody yet, before anything happens. */
export function handoverPreview(view: HandoverView, to: { name: string } | null): Reply {
  const { holder, isOwn, tasks, viewer, raw } = view;
  const shown = tasks.mine.filter((row) => !isFollowupHiddenFrom(viewer, row));
  const hidden = tasks.mine.length - shown.length;
  const named = tasksNamed({ followups: shown, partners: tasks.led });
  const more = hidden > 0 && ` And ${counted(hidden, 'promise')} hidden from you.`;
  const keeper = isOwn ? 'You keep' : `${holder.name} keeps`;
  const until = holder.active
    ? `${keeper} each thing until they say yes`
    : 'Until they say yes, it is with nobody';
  const how = to
    ? rich` ${until}, and they may take a part of it.`
    : rich` It would be with nobody, and the coordinators would hear of it.`;
  const sure: Button = {
    label: to ? `Ask ${to.name}` : 'Leave it to nobody yet',
    command: 'handover',
    args: { ...raw, sure: 'yes' },
    style: 'primary',
  };
  const part: Button = {
    label: 'Only a part…',
    command: 'handover',
    args: { ...raw, [FORM]: 'yes' },
  };
  const question = to ? rich`Shall I ask ${bold(to.name)} to take this on?` : rich`Nobody yet?`;
  return {
    text: rich`${question}${named}${more}${how}${keptText(view)} You can undo it for a week.`,
    card: [{ kind: 'buttons', buttons: [sure, part, cancelButton] }],
  };
}

/** What stays where it is, because it is private. It begins with a space. */
export function keptText({
  kept,
  holder,
  isOwn,
}: Pick<HandoverView, 'kept' | 'holder' | 'isOwn'>): RichText {
  if (kept === 0) return [];
  const stay = kept === 1 ? '1 private promise stays' : `${kept} private promises stay`;
  return rich` ${stay} with ${isOwn ? 'you' : holder.name}: those are only for the people who may read them.`;
}

/** How much there is: `2 follow-ups and the lead of 3 partners`. */
export const countedTasks = ({ mine, led }: Tasks): string =>
  tasksCounted({ followups: mine.length, partners: led.length });

/** Whether it is one thing, for the verb after `countedTasks`. */
export const isSingle = ({ mine, led }: Tasks): boolean =>
  mine.length + Math.min(led.length, 1) === 1;

/** How many partners a newcomer begins with. */
const MAX_TO_RING = 5;

/** Thanks somebody who has taken tasks on, and says whom to ring first. */
export function takenOnCard(
  { mine, led }: Tasks,
  { asked, member, today }: { asked: Member; member: Member; today: Day },
  undo: Button,
): Reply {
  const isOwn = asked.id === member.id;
  const whose = isOwn
    ? 'Yours now'
    : `${asked.name} has ${mine.length === 1 ? 'this' : 'these'} now`;
  const toDo = mine.length > 0 && rich` ${whose}: ${titlesOf(mine)}.`;
  const leads = isOwn ? 'You lead' : `${asked.name} leads`;
  const lead = led.length > 0 && ` ${leads} ${counted(led.length, 'partner')} now.`;
  return {
    text: rich`Thank you.${toDo}${lead}`,
    card: [...ringFirstBlocks({ mine, led }, today), { kind: 'buttons', buttons: [undo] }],
  };
}

/** Whom to ring first: where something of ours is late, then who went quiet first. */
function ringFirstBlocks({ mine, led }: Tasks, today: Day): Block[] {
  const isLate = ({ id }: Partner) =>
    mine.some(({ ours, partner, dueDay }) => ours && partner === id && dueDay && dueDay < today);
  const order = (partner: Partner) =>
    `${isLate(partner) ? 0 : 1}${partner.quietOn ?? '9'}${partner.key}`;
  const first = led.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, MAX_TO_RING);
  if (first.length === 0) return [];
  const heading = first.length === 1 ? rich`To ring first:` : rich`${first.length} to ring first:`;
  return [
    { kind: 'text', text: heading },
    ...first.map(
      (partner): Block => ({
        kind: 'row',
        text: rich`${bold(partner.name)} · ${partner.lastTwoWay ? rich`last spoken with on ${day(partner.lastTwoWay)}` : 'nobody has noted that they spoke with them yet'}${isLate(partner) && ' · we owe them something'}`,
        buttons: [sheetButton(partner)],
      }),
    ),
  ];
}

/** Shows what somebody who takes a partner on should know. */
const sheetButton = ({ id }: { id: string }): Button => ({
  label: 'What to know',
  command: 'partner sheet',
  args: { with: `#${id}` },
});

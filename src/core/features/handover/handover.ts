import { listText } from '../../base/text.ts';
import { handoverAnswers } from '../../cards/handover-request.ts';
import * as shared from '../../cards/partner-args.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { addToDay } from '../../dates/day.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { readUnclaimed, readWorkload, type Tasks } from '../../domain/handover/workload.ts';
import { hearersOfAssigned, isByHand, maySpeakFor } from '../../domain/members/by-hand.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { type Kind, type Partner, partners } from '../../domain/partners/partner.ts';
import { REPLACE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, commandText, day, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { getAll } from '../../ports/store.ts';
import { countedTasks, handoverPreview, isSingle, keptText, whoTakesOverCard } from './cards.ts';
import { startHandover, targetsFor } from './start.ts';

/** No nudge about a partner that was left to nobody comes for so many days. */
const REST_DAYS = 14;

/** Hands over tasks of a member who may stay: all, or those with one partner or of one kind. */
export const handover = defineCommand({
  name: 'handover',
  title: 'Hand over tasks',
  summary:
    "Hand over your tasks or somebody else's; the member who could take them on is asked first",
  examples: [
    'handover to:@Maya',
    'handover @Tom to:@Maya',
    'handover @Tom to:@Maya kind:"grant funding"',
    'handover @Tom to:none',
  ],
  args: {
    who: {
      kind: 'member',
      past: true,
      summary: 'Whose tasks; you, if nobody is named',
      ask: 'Whose tasks?',
      hint: 'Leave empty if they are yours',
    },
    to: {
      kind: 'member',
      clearable: true,
      summary: 'Who is asked to take them on; none: nobody yet',
      ask: 'Who could take them on?',
      hint: '',
    },
    with: {
      kind: 'partner',
      summary: 'Only what is to do with this partner',
      ask: 'Only one partner?',
      hint: 'Leave empty for all of them',
    },
    kind: {
      ...shared.kind,
      summary: 'Only what is to do with partners of this kind',
      ask: 'Only one kind?',
      hint: 'Leave empty for all kinds',
    },
    sure: { kind: 'flag', fromButton: true, summary: 'Yes, without asking again' },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  submit: 'Look at it first',
  async run({ args, raw, member, today }, deps): Promise<Reply> {
    const holder = args.who ? await deps.store.of(members).get(args.who.id) : member;
    if (!holder)
      throw new UserError(
        rich`I no longer have that member. See who is here with ${commandText('members')}.`,
      );
    const isOwn = holder.id === member.id;
    if (!isOwn && !may(member.role, 'coordinate') && !maySpeakFor(member, holder))
      return refusal.noRight('coordinate');
    const { to } = args;
    if (to?.id === holder.id)
      throw new UserError(rich`That is whose tasks they are. Who else could take them on?`, 'to');
    const { tasks, kept } = await tasksOf(holder, args, deps);
    const viewer = viewerOf(member, deps.directory);
    const view = { holder, isOwn, tasks, viewer, kept, raw };
    if (tasks.mine.length + tasks.led.length === 0)
      return {
        text: rich`${isOwn ? 'You have' : rich`${bold(holder.name)} has`} nothing to hand over${(args.with || args.kind) && ' there'}.${keptText(view)}`,
      };
    if (to === undefined) return whoTakesOverCard(view);
    if (!args.sure) return handoverPreview(view, to);
    const restUntil = to === null ? addToDay(today, { days: REST_DAYS }) : null;
    const started = await startHandover(
      {
        holder,
        by: member,
        today,
        tasks,
        keepsUntilYes: holder.active,
        restUntil,
        recordsLeaving: false,
      },
      targetsFor(deps.directory.member(to?.id ?? ''), deps),
      deps,
    );
    const handed = { mine: started.followups, led: started.partners };
    if (!started.undo)
      return { text: rich`That is with nobody already, so nothing has changed.${keptText(view)}` };
    const what = countedTasks(handed);
    const verb = isSingle(handed) ? 'is' : 'are';
    const keeper = isOwn ? 'You keep' : `${holder.name} keeps`;
    const until = holder.active
      ? `${keeper} each thing until ${to?.name} says yes.`
      : `Until ${to?.name} says yes, it is with nobody.`;
    const caretaker = isOwn ? 'The coordinators look' : `${member.name} looks`;
    const rests =
      handed.led.length > 0 &&
      rich` Nudges about the partners rest until ${day(restUntil ?? today)}.`;
    const asking = to && askingOf(to.id, { holder, ...started }, { member, what }, deps);
    const sentence = !to
      ? rich`${what} ${verb} with nobody now, and nothing is lost. ${caretaker} after it until somebody takes it on.${rests}`
      : to.id === member.id
        ? rich`You have ${what} now.`
        : rich`${asking?.text} ${until}${started.told.get(to.id)}`;
    return {
      text: rich`${sentence}${keptText(view)}`,
      card: [{ kind: 'buttons', buttons: [...(asking?.answers ?? []), started.undo] }],
    };
  },
});

/**
 * Who is asked, and through whom if that member was added by hand. The one who keeps in touch with them may be the one who
 * hands over: they ask by themselves, and press the answer.
 */
function askingOf(
  to: string,
  handed: { holder: Member; followups: readonly Followup[]; partners: readonly Partner[] },
  { member, what }: { member: Member; what: string },
  { directory }: Deps,
): { text: RichText; answers: Button[] } {
  const asked = directory.member(to);
  const name = bold(asked?.name ?? 'them');
  if (!asked || !isByHand(asked))
    return { text: rich`I'm asking ${name} to take on ${what}.`, answers: [] };
  const request = {
    subject: handed.holder.id,
    followups: handed.followups.filter((row) => row.asked === to),
    partners: handed.partners.filter(({ leadAsked }) => leadAsked === to),
  };
  const hearers = hearersOfAssigned(asked, request, directory);
  if (!hearers.some(({ id }) => id === member.id)) {
    const names = listText(
      hearers.map((one) => one.name),
      'and',
    );
    return { text: rich`I'm asking ${name}, through ${names}, to take on ${what}.`, answers: [] };
  }
  return {
    text: rich`${name} has no Slack or Discord. Could you ask them to take on ${what}, and press their answer here?`,
    answers: handoverAnswers(request, directory, { [REPLACE]: 'yes' }),
  };
}

/**
 * What a member can hand over: what is theirs, and what was handed over and is with nobody. A private promise stays with
 * somebody who is here.
 */
async function tasksOf(
  holder: Member,
  part: { with?: { id: string } | undefined; kind?: Kind | undefined },
  deps: Deps,
): Promise<{ tasks: Tasks; kept: number }> {
  const [own, unclaimed] = await Promise.all([
    readWorkload(holder, deps.store),
    readUnclaimed(holder, deps),
  ]);
  const all = [...own.mine, ...unclaimed.mine];
  const ids = [...new Set(all.flatMap(({ partner }) => partner ?? []))];
  const ofKind = part.kind
    ? (await getAll(deps.store.of(partners), ids)).filter((row) => isOfKind(row, part.kind))
    : [];
  const isPart = ({ partner }: { partner: string | null }) =>
    (!part.with || partner === part.with.id) &&
    (!part.kind || ofKind.some(({ id }) => id === partner));
  const mine = all.filter(isPart);
  const led = [...own.led, ...unclaimed.led].filter(
    (row) => (!part.with || row.id === part.with.id) && isOfKind(row, part.kind),
  );
  const movable = mine.filter(({ readers = null }) => readers === null || !holder.active);
  return { tasks: { mine: movable, led }, kept: mine.length - movable.length };
}

const isOfKind = ({ kinds }: { kinds: readonly Kind[] }, kind: Kind | undefined): boolean =>
  kind === undefined || kinds.includes(kind);

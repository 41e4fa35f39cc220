import { truncate } from '../base/text.ts';
import type { OfferedFollowups } from '../command/args.ts';
import type { Command } from '../command/command.ts';
import { dayOf } from '../dates/day.ts';
import { whenText } from '../dates/when.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { type Followup, followups } from '../domain/followups/followup.ts';
import { isSameMember, type Member } from '../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../domain/members/visibility.ts';
import { FORM, type RawArgs, WORDS } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { commandText, rich } from '../message/rich-text.ts';
import { type Question, questionWith, UserError } from '../message/user-error.ts';
import { nameKey } from '../names/name-words.ts';
import type { Choice } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { belongsToOthers } from './resolve-followup.ts';

/** How many follow-ups are looked at for each key that somebody types. */
const MAX_FOLLOWUPS_READ = 300;
/** So long that the day at its end is seen in every list and on every button. */
const MAX_LABEL_LENGTH = 75;
const MAX_PARTNER_LENGTH = 30;
/** How many buttons ask which one is meant. */
const MAX_BUTTONS = 5;

/** Who picks, and what from. */
export interface PickDeps {
  member: Member;
  directory: Directory;
  store: Store;
  now: Date;
  /** The member's time zone: an IANA name. */
  zone: string;
}

/**
 * The open follow-ups to pick one from: those that the member may see and change and whose words start like the typed
 * ones. Their own come first, the soonest first.
 */
export async function suggestFollowups(
  typed: string,
  limit: number,
  deps: PickDeps,
  of?: OfferedFollowups,
): Promise<Choice[]> {
  const { member } = deps;
  const own = await findOpen('own', typed, deps);
  const others = (await findOpen('all', typed, deps)).filter(({ who }) => who !== member.id);
  return [...own, ...others]
    .filter((row) => !belongsToOthers([row.who, row.createdBy], member) && isOffered(row, of))
    .slice(0, limit)
    .map((row) => ({ value: `#${row.id}`, label: labelOf(row, deps) }));
}

function isOffered({ series, ours }: Followup, of: OfferedFollowups | undefined): boolean {
  if (of === 'repeating') return series !== null;
  return of !== 'theirs' || !ours;
}

/** What to say if there is none to choose from. */
const NONE_OPEN = {
  all: rich`There is no open follow-up to choose from. Add one with ${commandText('followup add')}.`,
  repeating: rich`No open follow-up repeats. See them with ${commandText('followup list')}.`,
  theirs: rich`Nothing that others promised us is open. See what is ours with ${commandText('followup list')}.`,
};

/**
 * Asks which follow-up a command is about, if none was named. The buttons keep everything else that was typed.
 * @param arg the arg that is missing.
 * @returns an error if none is open.
 */
export async function askWhichFollowup(
  command: Command,
  arg: string,
  given: RawArgs,
  deps: PickDeps & Parameters<NonNullable<Command['prefill']>>[1],
): Promise<Question | UserError> {
  const { [WORDS]: _, [FORM]: __, ...args } = given;
  const asked = command.args[arg];
  const of = asked?.kind === 'followup' ? asked.of : undefined;
  const found = await suggestFollowups('', MAX_BUTTONS + 1, deps, of);
  if (found.length === 0) return new UserError(NONE_OPEN[of ?? 'all']);
  // What is to be changed is shown in the form, unless it was typed.
  const isBare = Object.keys(args).length === 0;
  const current = isBare && (await command.prefill?.({ [arg]: found[0]?.value ?? '' }, deps));
  const opensForm = current && Object.keys(current).length > 0;
  const buttons = found.slice(0, MAX_BUTTONS).map(
    ({ value, label }): Button => ({
      label,
      command: command.name,
      args: { ...args, [arg]: value, ...(opensForm && { [FORM]: 'yes' }) },
    }),
  );
  if (found.length <= MAX_BUTTONS) return questionWith(rich`Which follow-up?`, buttons);
  if (asked?.ask === undefined)
    return questionWith(
      rich`Which follow-up? If it isn't one of these, say some of its words after ${commandText(command.name)}.`,
      buttons,
    );
  const another = {
    label: 'Another one…',
    command: command.name,
    args: { ...args, [FORM]: 'yes' },
  };
  return questionWith(rich`Which follow-up?`, [...buttons, another]);
}

/** Open follow-ups that the member may see, the soonest first, with words that start like the typed ones. */
export async function findOpen(
  whose: 'own' | 'all',
  typed: string,
  { member, directory, store }: PickDeps,
): Promise<Followup[]> {
  const viewer = viewerOf(member, directory);
  const wanted = nameKey(typed).split(' ').filter(Boolean);
  const state = 'open';
  const query =
    whose === 'own'
      ? ({ index: 'byWho', where: { state, who: member.id } } as const)
      : ({ index: 'byDueDay', where: { state } } as const);
  const { rows } = await store.of(followups).find(query, MAX_FOLLOWUPS_READ);
  return rows.filter((row) => {
    if (isFollowupHiddenFrom(viewer, row)) return false;
    const partner = directory.partner(row.partner ?? '')?.name ?? '';
    const words = nameKey(`${row.title} ${partner}`).split(' ');
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  });
}

/** `send the lease · Cedar Trust · Fri 4 Dec`: a long title is cut, so that the day is seen. */
function labelOf(row: Followup, deps: PickDeps): string {
  const after = followupDetails(row, deps)
    .map((detail) => ` · ${detail}`)
    .join('');
  return `${truncate(row.title, MAX_LABEL_LENGTH - after.length)}${after}`;
}

/** What tells a follow-up apart from others: its partner, its day, and whose it is unless it is the member's own. */
export function followupDetails(
  { partner, dueDay, at, who }: Followup,
  { member, directory, now, zone }: PickDeps,
): string[] {
  const owner = isSameMember(member, who) ? undefined : directory.member(who ?? '');
  const named = directory.partner(partner ?? '');
  const due =
    dueDay === null ? '' : whenText({ day: dueDay, ...(at && { at }) }, dayOf(now, zone), zone);
  return [
    truncate(named?.name ?? '', MAX_PARTNER_LENGTH),
    due,
    truncate(owner?.name ?? '', MAX_PARTNER_LENGTH),
  ].filter((detail) => detail !== '');
}

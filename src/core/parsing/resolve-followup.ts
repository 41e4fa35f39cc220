import { idIn } from '../base/id.ts';
import type { Call, Deps } from '../command/command.ts';
import { type Followup, followups } from '../domain/followups/followup.ts';
import { isHiddenFrom } from '../domain/followups/rules.ts';
import type { Member } from '../domain/members/member.ts';
import { isSelf } from '../domain/members/self.ts';
import { FORM, WORDS } from '../message/invocation.ts';
import { bold, rich } from '../message/rich-text.ts';
import { Question, UserError } from '../message/user-error.ts';
import { nameKey } from '../names/match.ts';

/** How many open follow-ups are looked through for words. */
const MOST_SEARCHED = 500;
/** How many are offered when several fit. */
const MOST_OFFERED = 5;

/**
 * The follow-up that is meant: by a button's `#id`, or by words of its title or partner among the open ones,
 * one's own first.
 * @param gone what is said of an id that is no longer there.
 * @throws Question when several fit; UserError when none does.
 */
export async function pickFollowup(
  which: string,
  command: string,
  { member, raw }: Pick<Call, 'member' | 'raw'>,
  deps: Deps,
  gone = 'I no longer have that follow-up. See what is open with followup list.',
): Promise<Followup> {
  if (idIn(which)) {
    const row = await deps.store.of(followups).get(idIn(which));
    if (row) return row;
    throw new UserError(gone);
  }
  const fitting = await fittingFollowups(which, member, deps);
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  if (!only) {
    throw new UserError(
      rich`I can't find an open follow-up like "${which.slice(0, 60)}". See them with followup list.`,
    );
  }
  const { [WORDS]: _, [FORM]: __, ...rest } = raw;
  const buttons = fitting.slice(0, MOST_OFFERED).map((row) => ({
    label: row.title.slice(0, 70),
    command,
    args: { ...rest, which: `#${row.id}` },
  }));
  throw new Question({
    text: rich`Which one did you mean? Several are like ${bold(which.slice(0, 60))}.`,
    card: [
      { kind: 'buttons', buttons: [...buttons, { label: 'Cancel', command: 'cancel', args: {} }] },
    ],
  });
}

/** The open follow-ups that words fit and that the member may see: one's own, else everybody's. */
export async function fittingFollowups(
  words: string,
  member: Member,
  deps: Deps,
): Promise<Followup[]> {
  const rows = deps.store.of(followups);
  const open = await rows.find({ index: 'byDay', where: { state: 'open' }, limit: MOST_SEARCHED });
  const wanted = nameKey(words).split(' ');
  const fitting = open.filter((row) => {
    if (isHiddenFrom(member, row)) return false;
    const partner = row.partner ? deps.directory.partner(row.partner)?.name : '';
    const text = nameKey(`${row.title} ${partner}`).split(' ');
    return wanted.every((token) => text.includes(token));
  });
  const mine = fitting.filter((row) => row.who === member.id);
  return mine.length > 0 ? mine : fitting;
}

/**
 * Refuses to change what is not one's own, is closed, or is just going out.
 * @throws UserError
 */
export function refuseUnlessOpenFor(row: Followup, member: Member, names: Deps['directory']): void {
  const own = [row.who, row.createdBy].some((id) => isSelf(member, id));
  if (!own && member.role === 'member') {
    const owner = names.member(row.who ?? '')?.name ?? 'somebody else';
    throw new UserError(rich`That one is with ${owner}. They, or a worker, can change it.`);
  }
  if (row.state === 'done')
    throw new UserError(rich`${bold(row.title)} is done already. Nothing has changed.`);
  if (row.state === 'cancelled')
    throw new UserError(rich`${bold(row.title)} was cancelled. Nothing has changed.`);
  if (row.sending) {
    throw new UserError('The reminder for it is just going out. Try again in a few seconds.');
  }
}

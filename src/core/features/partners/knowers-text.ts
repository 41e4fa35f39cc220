import { listText } from '../../base/text.ts';
import { introduceButton } from '../../cards/introduce-button.ts';
import { type Knower, type Knowers, reachOf } from '../../domain/acquaintances/knowers.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isSameMember } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import type { Viewer } from '../../domain/members/visibility.ts';
import type { Button } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';

/**
 * Who of us knows a partner, in a sentence or two. Coordinators read the names; others read how many there are, and the
 * names of those who agreed to that.
 * @returns undefined if nobody ever knew them.
 */
export function knowersText({ known, former }: Knowers, viewer: Viewer): RichText | undefined {
  if (!may(viewer.role, 'coordinate')) return countText(known, viewer);
  const spoke = known.filter(({ hasSpoken }) => hasSpoken);
  const said = known.filter(({ hasSpoken }) => !hasSpoken);
  const [only] = spoke;
  if (only && known.length === 1) {
    const who = former.some(({ member }) => !member.active)
      ? rich`Of those who are still here, only ${bold(only.member.name)}`
      : rich`Only ${bold(only.member.name)}`;
    return rich`${who} has been in touch, last on ${day(only.day)}. It would help if somebody else met them too.`;
  }
  if (only) {
    const workers =
      reachOf(known) === 'workers' &&
      rich` All of them are paid workers. It would help if a resident met them too.`;
    const also = said.length > 0 && rich` ${saidText(said)}`;
    return rich`Who has been in touch: ${listOf(spoke)}.${also}${workers}`;
  }
  if (said.length > 0) return rich`Nobody has been in touch in the last year. ${saidText(said)}`;
  const [last] = former;
  if (!last) return undefined;
  const isHere = former.find(({ member }) => member.active);
  if (isHere)
    return rich`Nobody has been in touch in the last year. ${isHere.member.name} was, last on ${day(isHere.day)}.`;
  return rich`Nobody who is still here has been in touch. ${last.member.name}, who has left, was, last on ${day(last.day)}.`;
}

const listOf = (knowers: readonly Knower[]): RichText =>
  joined(
    knowers.map(({ member, day: last }) => rich`${member.name} (${day(last)})`),
    ', ',
  );

function saidText(said: readonly Knower[]): string {
  const names = said.map(({ member }) => member.name);
  return `${listText(names, 'and')} ${said.length === 1 ? 'says' : 'say'} they know them.`;
}

/** How many know a partner, for somebody who does not coordinate. */
function countText(known: readonly Knower[], viewer: Viewer): RichText | undefined {
  if (known.length === 0) return undefined;
  const isOwn = ({ member }: Knower) => isSameMember(viewer, member.id);
  const others = known.filter((one) => !isOwn(one));
  const count = others.length;
  const hint = known.length === 1 && ' It would help if somebody else met them too.';
  if (count === 0) return rich`Of us, only you know them.${hint}`;
  const shown = others.filter(({ member }) => member.showsWhoTheyKnow === true);
  const names =
    shown.length > 0 && rich`, ${shown.length < count && 'among them '}${listOf(shown)}`;
  const who =
    count < known.length
      ? rich`You and ${count === 1 ? 'one other' : `${count} others`} of us`
      : rich`${count === 1 ? 'Only one' : `${count}`} of us`;
  const knows = known.length === 1 ? 'knows' : 'know';
  return rich`${who} ${knows} them${names}.${hint}`;
}

/** The button to introduce somebody, for a coordinator, where only one of us or only workers know the partner. */
export function introduceButtons(
  partner: { id: string; archived: boolean },
  { known }: Knowers,
  { viewer, directory }: { viewer: Viewer; directory: Directory },
): Button[] {
  const isAlone = directory.activeMembers.length < 2;
  if (partner.archived || isAlone || !may(viewer.role, 'coordinate') || reachOf(known) === null)
    return [];
  return [introduceButton(partner)];
}

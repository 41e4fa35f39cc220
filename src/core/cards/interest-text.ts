import type { Deps } from '../command/command.ts';
import { type Interest, interestsOf } from '../domain/interests/interest.ts';
import { bold, day, joined, type RichText, rich } from '../message/rich-text.ts';

/** An interest in brackets: `trustee, since 3 May`. */
export const interestFacts = ({ kind, since }: Interest): RichText =>
  rich`${kind === 'job' ? 'works there' : kind}, since ${day(since)}`;

/**
 * Says which interests somebody has declared in a partner, for the person who makes them its lead or gives them
 * something to do for it: `Tom declared an interest in **The Shores Centre** (trustee, since 3 May).` Empty if there are
 * none.
 */
export async function interestSentence(
  member: { id: string } | null | undefined,
  partner: string | null | undefined,
  { store, directory }: Pick<Deps, 'store' | 'directory'>,
): Promise<RichText> {
  if (!member || !partner) return [];
  const all = await interestsOf(member.id, store, directory);
  const declared = all.filter((row) => row.partner === partner);
  const name = directory.partner(partner)?.name;
  if (declared.length === 0 || name === undefined) return [];
  const who = directory.member(member.id)?.name ?? 'They';
  return rich` ${who} declared an interest in ${bold(name)} (${joined(declared.map(interestFacts), '; ')}).`;
}

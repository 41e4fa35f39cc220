import { collect } from '../../async/collect.ts';
import { idFromReference } from '../../base/id.ts';
import { quoteShort } from '../../base/text.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import { mergeButton, takeApartButton } from '../../cards/merge-buttons.ts';
import * as shared from '../../cards/partner-args.ts';
import { storyButton } from '../../cards/partner-buttons.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import { followups } from '../../domain/followups/followup.ts';
import {
  isFollowupHiddenFrom,
  isTiedTo,
  type Viewer,
  viewerOf,
} from '../../domain/members/visibility.ts';
import { mergePartners } from '../../domain/partner-merge/merge-partners.ts';
import { nameHolder, takeApart, takeApartUntil } from '../../domain/partner-merge/take-apart.ts';
import { MAX_PARTNER_NAME_LENGTH, type Partner, partners } from '../../domain/partners/partner.ts';
import { FORM } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, moment, rich } from '../../message/rich-text.ts';
import { questionWith, UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/name-words.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { countsText, type MovedCounts, previewReply } from './cards.ts';

/** Merges a partner that is in the register twice into the other one, after a preview. */
const mergePartner = defineCommand({
  name: 'partner merge',
  title: 'Make two partners one',
  summary: 'Make two partners one that are the same, with all that is noted about both',
  phrases: ['merge', 'merge partners', 'merge two partners', 'merge …', 'combine …'],
  examples: [`partner merge st marys school into:"st mary's primary school"`],
  args: {
    with: { ...shared.partner, summary: 'The one that goes', ask: 'Which one is there twice?' },
    into: {
      ...shared.partner,
      joins: ['into', 'with', 'and', '&', 'to'],
      summary: 'The one that stays',
      ask: 'Which one is it the same as?',
    },
    sure: { kind: 'flag', summary: 'Yes, without asking again', fromButton: true },
  },
  words: ['with'],
  audience: 'actor',
  guard: 'keep the register',
  writes: true,
  submit: 'Look at it first',
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const viewer = viewerOf(member, deps.directory);
    const [double, kept] = await readBoth(args.with.id, args.into.id, deps);
    for (const one of [double, kept]) refuseTied(viewer, one, 'merge');
    const moves = await countMoves(double.id, viewer, deps);
    if (!args.sure) return previewReply(double, kept, moves, deps.directory);
    const author = { actor: member.id, at: deps.now, key: `merge ${receipt}` };
    await mergePartners(double, kept, author, deps);
    const until = takeApartUntil(deps.now);
    const moved = countsText(moves);
    return {
      text: rich`Done. ${bold(double.name)} is part of ${bold(kept.name)} now${moved && rich`, with ${moved}`}. Both names find it. You can take it apart again until ${moment(until)}: type ${commandText('partner unmerge', double.name)}.`,
      card: [{ kind: 'buttons', buttons: [storyButton(kept), takeApartButton(double)] }],
    };
  },
});

/** Takes two merged partners apart again. */
const unmergePartner = defineCommand({
  name: 'partner unmerge',
  title: 'Take partners apart',
  submit: 'Take apart',
  summary: 'Take two partners apart again that were merged in the last week',
  examples: ['partner unmerge st marys school'],
  args: {
    name: {
      kind: 'text',
      max: MAX_PARTNER_NAME_LENGTH,
      needed: true,
      summary: 'The name of either',
      ask: 'Which partner?',
    },
  },
  words: ['name'],
  audience: 'actor',
  guard: 'keep the register',
  writes: true,
  async run({ args, member, now }, deps): Promise<Reply> {
    const { directory } = deps;
    const viewer = viewerOf(member, directory);
    const named = pickMerged(args.name, directory);
    const [double, kept] = await readBoth(named.id, named.mergedInto ?? '', deps);
    for (const one of [double, kept]) refuseTied(viewer, one, 'take apart');
    if (kept.mergedInto)
      throw questionWith(
        rich`${bold(double.name)} is part of ${bold(kept.name)}, which was merged itself since. Take that one apart first.`,
        [takeApartButton(kept, `Take ${kept.name} apart`)],
      );
    if (!double.mergedAt || now > takeApartUntil(double.mergedAt))
      throw new UserError(
        rich`${bold(double.name)} was merged into ${bold(kept.name)} more than a week ago, so I can no longer take them apart. You can still correct each conversation with its Change button.`,
      );
    refuseTakenName(double, kept, directory);
    const { stayed, keepsTies } = await takeApart(double, kept, deps);
    const promises = stayed.followups.filter((row) => !isFollowupHiddenFrom(viewer, row)).length;
    const since = countsText({ contacts: stayed.contacts.length, promises });
    const ties =
      keepsTies &&
      viewer.isIdentified &&
      rich` Who belongs to ${bold(double.name)} still belongs to ${bold(kept.name)} too, since something was noted meanwhile: see ${commandText('members')}.`;
    return {
      text: rich`Taken apart. ${bold(double.name)} is a partner of its own again, with everything that came from it.${since && rich` What was noted since stays with ${bold(kept.name)}: ${since}.`}${ties}`,
      card: [
        {
          kind: 'buttons',
          buttons: [
            storyButton(double, `Show ${double.name}`),
            storyButton(kept, `Show ${kept.name}`),
            mergeButton('Merge them again', double, kept),
          ],
        },
      ],
    };
  },
});

/** Says that two partners of nearly the same name are two, so that nobody is asked about them again. */
const keepDistinct = defineCommand({
  name: 'partner different',
  title: 'Two partners, not one',
  summary: 'Say that two partners with nearly the same name are two',
  examples: ['partner different hull foodbank from:"hull food bank"'],
  args: {
    with: { ...shared.partner, summary: 'One of the two', ask: 'Which partner?' },
    from: {
      ...shared.partner,
      joins: ['from', 'and', '&', 'to'],
      summary: 'The other one',
      ask: 'Which one is it different from?',
    },
  },
  words: ['with'],
  audience: 'actor',
  guard: 'keep the register',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const [one, other] = await readBoth(args.with.id, args.from.id, deps);
    const rows = deps.store.of(partners);
    const keepApart = (id: string, from: string) =>
      updateWithRetry(rows, id, (row) => {
        const known = row.distinctFrom ?? [];
        return known.includes(from) ? undefined : { ...row, distinctFrom: [...known, from] };
      });
    await keepApart(one.id, other.id);
    await keepApart(other.id, one.id);
    return replyWithUndo(
      rich`Good to know: ${bold(one.name)} and ${bold(other.name)} are two partners. I won't ask about them again.`,
      receipt,
    );
  },
});

/** @throws Question if the name of a merged partner is another one's by now, with a button to change that. */
function refuseTakenName(double: Partner, kept: Partner, directory: Directory): void {
  const isKept = nameKey(kept.name) === nameKey(double.name);
  const taker = isKept ? kept : nameHolder(double.name, [kept.id], directory);
  if (!taker) return;
  throw questionWith(
    isKept
      ? rich`Both would be called ${bold(double.name)}. Give the one that stays another name first, then I can take them apart.`
      : rich`Another partner has the name ${bold(double.name)} by now. Change that first, then I can take them apart.`,
    [
      {
        label: `Change ${taker.name}`,
        command: 'partner edit',
        args: { with: `#${taker.id}`, [FORM]: 'yes' },
      },
    ],
  );
}

/** Reads two partners. @throws UserError if they are one already, or one of them is gone. */
async function readBoth(
  double: string,
  kept: string,
  { stores, partnership, directory }: Pick<Deps, 'stores' | 'partnership' | 'directory'>,
): Promise<[Partner, Partner]> {
  if (double === kept)
    throw new UserError(
      rich`${bold(directory.partner(kept)?.name ?? 'That')} is one partner already. Nothing has changed.`,
      'into',
    );
  // As they are stored: a merge of many contacts stores the first steps at once.
  const rows = stores.forPartnership(partnership.id).of(partners);
  const [one, other] = await Promise.all([rows.get(double), rows.get(kept)]);
  if (!one || !other)
    throw new UserError(
      rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
    );
  return [one, other];
}

/** @throws UserError if somebody belongs to a partner: its notes are hidden from them. */
function refuseTied(viewer: Viewer, { id, name }: Partner, what: string): void {
  if (!isTiedTo(viewer, id)) return;
  throw new UserError(
    hiddenText(
      viewer,
      rich`You're part of ${bold(name)}, so somebody else has to ${what} it. Nothing has changed.`,
    ),
  );
}

/** What moves with a partner, of all that somebody may see. */
async function countMoves(
  partner: string,
  viewer: Viewer,
  { store }: Pick<Deps, 'store'>,
): Promise<MovedCounts> {
  const promised = store.of(followups);
  const [count, open] = await Promise.all([
    store.of(contacts).count({ index: 'byPartner', where: { partner } }),
    collect(promised.all({ index: 'byPartner', where: { partner, state: 'open' } })),
  ]);
  const promises = open.filter((row) => !isFollowupHiddenFrom(viewer, row)).length;
  return { contacts: count, promises };
}

/**
 * Finds a merged partner by a button's `#id`, by its own name, or by the name of the one that it is part of.
 * @throws Question if several are part of that one. @throws UserError if none is.
 */
function pickMerged(
  text: string,
  { mergedPartners: merged, partners: all }: Directory,
): PartnerName {
  const id = idFromReference(text);
  const byId = merged.find((one) => one.id === id);
  if (byId) return byId;
  const key = nameKey(text);
  const isCalled = ({ name }: PartnerName) => nameKey(name) === key;
  const isNamed = ({ aliases }: PartnerName) => aliases.some((known) => nameKey(known) === key);
  const own = [isCalled, isNamed]
    .map((fits) => merged.filter(fits))
    .find(({ length }) => length > 0);
  const whole = all.find((one) => one.id === id || isCalled(one) || isNamed(one));
  const found = own ?? merged.filter(({ mergedInto }) => mergedInto === whole?.id);
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only)
    throw questionWith(
      rich`Which one shall I take apart?`,
      found.map((one) => takeApartButton(one, one.name)),
    );
  throw new UserError(
    whole
      ? rich`${bold(whole.name)} is a partner of its own: nothing was merged into it. Nothing has changed.`
      : rich`I don't know of a merged partner called "${quoteShort(text)}". See all partners with ${commandText('partner list')}.`,
    'name',
  );
}

export const partnerMergeCommands = [mergePartner, unmergePartner, keepDistinct];

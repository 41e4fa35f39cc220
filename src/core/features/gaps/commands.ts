import { capitalize, counted } from '../../base/text.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import { defineCommand } from '../../command/command.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { LAST_MERGED_KEY, partners } from '../../domain/partners/partner.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, commandText, type RichText, rich } from '../../message/rich-text.ts';
import { type CountedGroup, type Gaps, gapFinder, type PartnerGroup } from './find-gaps.ts';

/** How many groups of each sort are named. */
const MAX_GROUPS_SHOWN = 3;

/** Shows where the network is thin. */
const gaps = defineCommand({
  name: 'gaps',
  summary: 'See where you have nobody, where all is quiet, and where one of you holds everything',
  phrases: [
    'who are we missing',
    'who is missing',
    'where are the gaps',
    'where are our gaps',
    'what are we missing',
    'who do we not know',
    'where do we have nobody',
  ],
  examples: ['gaps', 'who are we missing?'],
  args: {},
  audience: 'actor',
  guard: 'keep the register',
  async run({ member, today }, { store, directory, partnership }): Promise<Reply> {
    const viewer = viewerOf(member, directory);
    const finder = gapFinder(today);
    let isLeftOut = false;
    const range = { field: 'key', after: LAST_MERGED_KEY } as const;
    const query = { index: 'byName', where: { archived: false }, range } as const;
    for await (const partner of store.of(partners).all(query)) {
      if (isTiedTo(viewer, partner.id)) isLeftOut = true;
      else finder.add(partner);
    }
    const hidden: Block[] = isLeftOut
      ? [
          {
            kind: 'note',
            text: hiddenText(viewer, rich`Partners that you belong to are not counted here.`),
          },
        ]
      : [];
    const { text, card = [] } = gapsCard(finder.find(partnership.everyRules), directory);
    return { text, card: [...card, ...hidden] };
  },
});

function gapsCard({ nobody, allQuiet, oneLead, sorted }: Gaps, directory: Directory): Reply {
  if (sorted === 0)
    return {
      text: rich`I can't tell yet: I look at what your partners are and how far they reach, and no partner has a sector, a kind or a level. You can say it with ${commandText('partner edit')}.`,
    };
  const card = [
    ...section('Nobody yet', nobody, (group) => ({ text: titleOf(group), isEmpty: true })),
    ...section('All quiet', allQuiet, (group) => ({
      text: rich`${titleOf(group)}: ${group.count === 1 ? 'the only one' : `all ${group.count}`}`,
    })),
    ...section('Held by one of you', oneLead, (group) => ({
      text: rich`${titleOf(group)}: ${leadName(group, directory)} leads all ${group.count}`,
    })),
  ];
  if (card.length === 0)
    return { text: rich`Nothing stands out: no gap that I can see, by what your partners are.` };
  return { text: rich`Where your network is thin. Nothing here has to be filled.`, card };
}

const leadName = ({ lead }: CountedGroup, { member }: Directory): string =>
  member(lead ?? '')?.name ?? 'somebody who has left';

/** One sort of gap, with a button for each: to see its partners, or to add one. */
function section<T extends PartnerGroup>(
  title: string,
  groups: readonly T[],
  describe: (group: T) => { text: RichText; isEmpty?: true },
): Block[] {
  if (groups.length === 0) return [];
  const rows = groups.slice(0, MAX_GROUPS_SHOWN).map((group): Block => {
    const { text, isEmpty } = describe(group);
    return { kind: 'row', text, buttons: [isEmpty ? addButton(group) : seeButton(group)] };
  });
  const left = groups.length - rows.length;
  return [
    { kind: 'text', text: rich`${bold(title)}` },
    ...rows,
    ...(left > 0
      ? [{ kind: 'note' as const, text: rich`And ${counted(left, 'more group')} like this.` }]
      : []),
  ];
}

/** A group in words: `Health, regional`. */
function titleOf({ sector, kind, level }: PartnerGroup): RichText {
  const words = [sector, kind, level].filter((word) => word !== null).join(', ');
  return rich`${bold(capitalize(words))}`;
}

function seeButton({ sector, kind, level }: PartnerGroup): Button {
  const args = given({ sector, kind, level });
  return { label: 'See them', command: 'partner list', args };
}

function addButton({ sector, kind, level }: PartnerGroup): Button {
  const args = { ...given({ sector, kinds: kind, level }), [FORM]: 'yes' };
  return { label: 'Add one', command: 'partner add', args };
}

const given = (args: Readonly<Record<string, string | null>>): RawArgs =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

export const gapCommands = [gaps];

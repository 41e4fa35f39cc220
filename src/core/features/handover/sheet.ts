import { collect } from '../../async/collect.ts';
import { contactText } from '../../cards/contact-text.ts';
import { followupRow } from '../../cards/followup-row.ts';
import { tiedText } from '../../cards/hidden-text.ts';
import * as shared from '../../cards/partner-args.ts';
import { storyButton } from '../../cards/partner-buttons.ts';
import { defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  isTiedTo,
  type Viewer,
  viewerOf,
} from '../../domain/members/visibility.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, commandText, day, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { Store } from '../../ports/store.ts';

/** How many contacts and promises a sheet shows. The story has the rest. */
const MAX_SHOWN = 5;

/** What the parts of a sheet are made from. */
interface SheetContext {
  partner: Partner;
  viewer: Viewer;
  today: Day;
  store: Store;
  directory: Directory;
}

/** What somebody who takes a partner on should know, on one sheet. */
export const partnerSheet = defineCommand({
  name: 'partner sheet',
  title: 'What to know',
  summary: 'See on one sheet what somebody who takes a partner on should know',
  examples: ['partner sheet riverside council'],
  args: { with: shared.partner },
  words: ['with'],
  audience: 'actor',
  guard: 'see the register',
  submit: 'Show',
  async run({ args, member, today }, { store, directory }): Promise<Reply> {
    const partner = await store.of(partners).get(args.with.id);
    if (!partner)
      throw new UserError(
        rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
      );
    const viewer = viewerOf(member, directory);
    const context = { partner, viewer, today, store, directory };
    const parts = await Promise.all(sheetParts.map((part) => part(context)));
    const lead = directory.member(partner.lead ?? '')?.name ?? 'Nobody';
    const facts = [partner.level, partner.sector, partner.kinds.join(', '), `${lead} leads`];
    return {
      text: rich`${bold(partner.name)} · ${facts.filter((fact) => fact).join(' · ')}`,
      card: [
        ...parts.flat(),
        { kind: 'buttons', buttons: [storyButton(partner, 'The whole story')] },
      ],
    };
  },
});

/** The parts of a sheet, in their order. Each reads what it shows. */
const sheetParts: readonly ((context: SheetContext) => Promise<Block[]>)[] = [
  storyPart,
  promisesPart,
];

async function storyPart({ partner, viewer, today, store, directory }: SheetContext) {
  const query = { index: 'byPartner', where: { partner: partner.id }, descending: true } as const;
  const { rows } = await store.of(contacts).find(query, MAX_SHOWN);
  if (rows.length === 0) return [text(rich`Nobody has noted a conversation with them yet.`)];
  const isTied = isTiedTo(viewer, partner.id);
  return [
    text([bold('The story so far')]),
    ...rows.map((row) => {
      const isHidden = isContactHiddenFrom(viewer, row);
      const said = contactText(isHidden ? { ...row, note: null } : row, today);
      if (isTied && isHidden) return text(rich`A contact on ${day(row.day)}`);
      return text(rich`${directory.member(row.by)?.name ?? 'Somebody'}: ${said}`);
    }),
    ...(isTied ? [text(tiedText(viewer))] : []),
  ];
}

async function promisesPart({ partner, viewer, today, store, directory }: SheetContext) {
  const query = { index: 'byPartner', where: { partner: partner.id, state: 'open' } } as const;
  const open = await collect(store.of(followups).all(query));
  const seen = open.filter((row) => !isFollowupHiddenFrom(viewer, row));
  const rows = (title: string, promises: readonly Followup[]): Block[] =>
    promises.length === 0
      ? []
      : [
          text([bold(title)]),
          ...promises
            .slice(0, MAX_SHOWN)
            .map((row) =>
              followupRow({ ...row, partner: null }, today, directory, { owner: true }),
            ),
        ];
  return [
    ...rows(
      'We promised',
      seen.filter(({ ours }) => ours),
    ),
    ...rows(
      'They promised',
      seen.filter(({ ours }) => !ours),
    ),
  ];
}

const text = (said: RichText): Block => ({
  kind: 'text',
  text: said,
});

import { counted, listText } from '../../base/text.ts';
import { mergeButton } from '../../cards/merge-buttons.ts';
import { durationText } from '../../dates/duration.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import {
  type FillableField,
  fieldsToFill,
  fillableFields,
  isUnset,
} from '../../domain/partner-merge/merge-partners.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { type Block, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';

/** How much somebody may see of what moves with a partner. */
export interface MovedCounts {
  contacts: number;
  promises: number;
}

/** Shows what comes together and what differs, before two partners are merged. */
export function previewReply(
  double: Partner,
  kept: Partner,
  moves: MovedCounts,
  directory: Directory,
): Reply {
  const [from, to] = [bold(double.name), bold(kept.name)];
  const filled = fieldsToFill(kept, double);
  const differing = fillableFields.filter(
    (field) =>
      !isUnset(kept, field) &&
      !isUnset(double, field) &&
      valueText(kept, field, directory) !== valueText(double, field, directory),
  );
  const facts = (fields: readonly FillableField[]) =>
    listText(
      fields.map((field) => `${labels[field]} ${valueText(double, field, directory)}`),
      'and',
    );
  const lines: RichText[] = [
    rich`${countsText(moves) ?? 'Nothing is noted yet that'} would move to ${to}. The name ${from} stays as another name, so that both find it.`,
    ...(filled.length > 0 ? [rich`From ${from} it also gets: ${facts(filled)}.`] : []),
    ...(differing.length > 0
      ? [
          rich`These differ, and stay as ${to} has them: ${joined(
            differing.map(
              (field) =>
                rich`${labels[field]} ${valueText(kept, field, directory)} (not ${valueText(double, field, directory)})`,
            ),
            ', ',
          )}.`,
        ]
      : []),
  ];
  return {
    text: rich`Shall I merge ${from} into ${to}?`,
    card: [
      ...lines.map((text): Block => ({ kind: 'text', text })),
      { kind: 'note', text: rich`You can take them apart again for a week.` },
      {
        kind: 'buttons',
        buttons: [
          { ...mergeButton('Merge', double, kept, { sure: 'yes' }), style: 'primary' },
          mergeButton('The other way round', kept, double),
          cancelButton,
        ],
      },
    ],
  };
}

/** What moves: `12 conversations and 1 promise`; undefined if nothing does. */
export function countsText({ contacts, promises }: MovedCounts): string | undefined {
  const parts = [
    ...(contacts > 0 ? [counted(contacts, 'conversation')] : []),
    ...(promises > 0 ? [counted(promises, 'promise')] : []),
  ];
  return parts.length > 0 ? listText(parts, 'and') : undefined;
}

const labels: Readonly<Record<FillableField, string>> = {
  about: 'what matters:',
  lead: 'lead',
  level: 'level',
  sector: 'sector',
  kinds: 'kind',
  stage: 'stage',
  every: 'in touch every',
};

function valueText(partner: Partner, field: FillableField, directory: Directory): string {
  if (field === 'lead')
    return directory.member(partner.lead ?? '')?.name ?? 'somebody who has left';
  if (field === 'kinds') return partner.kinds.join(', ');
  if (field === 'every') return durationText(partner.every ?? '');
  return partner[field] ?? '';
}

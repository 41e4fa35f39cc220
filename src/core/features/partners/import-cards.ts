import { undoButton } from '../../cards/changed-reply.ts';
import type { RawArgs } from '../../message/invocation.ts';
import { ONCE } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';
import { factsText } from './facts.ts';
import type { Plan, PlanContext } from './import-plan.ts';
import type { Remark } from './import-row.ts';

/** How many of each sort of line are told, before the rest are counted. */
const TOLD = 10;
/** How many of the good ones are shown as a sample. */
const SAMPLE = 3;

type View = Pick<PlanContext, 'directory' | 'partnership'>;

/** What an import would do, with a button that does it. `file` is kept by the button; `receipt` makes two presses one. */
export function previewReply(
  plan: Plan,
  ignored: readonly string[],
  view: View,
  { file, receipt }: { file: string; receipt: string },
): Reply {
  const count = plan.good.length;
  const args: RawArgs = { file, confirm: 'yes', [ONCE]: receipt };
  const add = { label: `Add ${partners(count)}`, command: 'partner import', args } as const;
  const cancel = { label: 'Cancel', command: 'cancel', args: {} };
  const ask: Block[] =
    count > 0 ? [{ kind: 'buttons', buttons: [{ ...add, style: 'primary' }, cancel] }] : [];
  return {
    text: rich`${summary(plan)} Nothing is added yet.`,
    card: [...sample(plan, view), ...remarks(plan, ignored), ...ask],
  };
}

/** What an import did, and again what it left out, so that it can be mended. */
export function addedReply(
  added: number,
  plan: Plan,
  ignored: readonly string[],
  receipt: string,
): Reply {
  const card = remarks(plan, ignored);
  if (added === 0) return { text: rich`There was nobody to add. Nothing has changed.`, card };
  return {
    text: rich`Added ${partners(added)}. See them with partner list.`,
    card: [...card, { kind: 'buttons', buttons: [undoButton(receipt)] }],
  };
}

/** "43 partners to add, 2 already here, 1 row I can't use." */
function summary({ good, here, twice, bad }: Plan): string {
  const parts = [
    `${partners(good.length)} to add`,
    here.length > 0 && `${here.length} already here`,
    twice.length > 0 && `${twice.length} twice in the file`,
    bad.length > 0 && `${bad.length === 1 ? '1 row' : `${bad.length} rows`} I can't use`,
  ];
  return `${parts.filter((part) => part !== false).join(', ')}.`;
}

function sample({ good }: Plan, { directory, partnership }: View): Block[] {
  const lines = good
    .slice(0, SAMPLE)
    .map((row) => rich`${bold(row.name)} · ${factsText(row, directory, partnership)}`);
  const more = good.length - lines.length;
  return [
    ...lines.map((text): Block => ({ kind: 'text', text })),
    ...(more > 0 ? [note(rich`And ${more} more like these.`)] : []),
  ];
}

/** All that an import does otherwise than one might think. */
function remarks({ here, twice, bad, notes }: Plan, ignored: readonly string[]): Block[] {
  const named = here.slice(0, TOLD).join(', ');
  const hereMore = here.length > TOLD ? ` and ${here.length - TOLD} more` : '';
  return [
    ...lines(bad, "Rows I can't use:"),
    ...lines(twice, 'Twice in the file, so left out the second time:'),
    ...lines(notes, 'Please note:'),
    ...(here.length > 0
      ? [note(rich`Already here, and left as they are: ${named}${hereMore}.`)]
      : []),
    ...(ignored.length > 0
      ? [note(rich`I have no use for these columns: ${ignored.join(', ')}.`)]
      : []),
  ];
}

function lines(told: readonly Remark[], title: string): Block[] {
  if (told.length === 0) return [];
  const shown = told.slice(0, TOLD).map(({ line, text }) => rich`Line ${line}: ${text}`);
  const more = told.length - shown.length;
  const rest = more > 0 ? [rich`And ${more} more.`] : [];
  return [{ kind: 'text', text: joined([rich`${bold(title)}`, ...shown, ...rest], '\n') }];
}

const note = (text: RichText): Block => ({ kind: 'note', text });

/** `1 partner`, `43 partners`. */
function partners(count: number): string {
  return count === 1 ? '1 partner' : `${count} partners`;
}

import { followupRow } from '../../cards/followup-row.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Block } from '../../message/reply.ts';
import { day, rich } from '../../message/rich-text.ts';
import { heading, type View } from './view.ts';

/** How many promises are shown each way. */
const PROMISES_SHOWN = 5;

/** The open promises of a story, ours and theirs. */
export function promiseBlocks(promises: readonly Followup[], view: View): Block[] {
  const ours = promises.filter((promise) => promise.ours);
  const theirs = promises.filter((promise) => !promise.ours);
  if (view.tied) return [...counted(ours, 'We owe them'), ...counted(theirs, 'They owe us')];
  return [...listed(ours, 'We promised', view), ...listed(theirs, 'They promised', view)];
}

function listed(promises: readonly Followup[], title: string, { names, today }: View): Block[] {
  if (promises.length === 0) return [];
  const more = promises.length - PROMISES_SHOWN;
  return [
    heading(title),
    // The story is about this partner: no need to name it in each line.
    ...promises
      .slice(0, PROMISES_SHOWN)
      .map((promise) => followupRow({ ...promise, partner: null }, today, names, { owner: true })),
    ...(more > 0 ? [{ kind: 'note' as const, text: rich`And ${more} more.` }] : []),
  ];
}

/** How many, and when the first is due: all that a tied member sees. */
function counted(promises: readonly Followup[], title: string): Block[] {
  const [first] = promises;
  if (!first) return [];
  const due = first.byDay && rich`, the first due ${day(first.byDay)}`;
  const things = promises.length === 1 ? '1 promise' : `${promises.length} promises`;
  return [{ kind: 'text', text: rich`${title} ${things}${due}.` }];
}

import { counted, listText, quoteShort } from '../../base/text.ts';
import { dayOf } from '../../dates/day.ts';
import { readWorkload } from '../../domain/handover/workload.ts';
import { type Member, zoneOf } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, type Viewer } from '../../domain/members/visibility.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { day, type RichText, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';

/** What a member has to do, and leads. */
export interface Holdings {
  /** `5 to do and the lead of 3 partners`; empty if there is nothing. */
  counts: string;
  /** What has been on the list longest, of what the reader may see. Never how late it is. */
  longest: RichText | undefined;
}

/** What a member holds, as somebody reads it. Private promises are counted only. */
export async function readHoldings(
  member: Member,
  reader: { viewer: Viewer; member: Member },
  { store, partnership }: { store: Store; partnership: Partnership },
): Promise<Holdings> {
  const { mine, led } = await readWorkload(member, store);
  const counts = [
    ...(mine.length > 0 ? [`${mine.length} to do`] : []),
    ...(led.length > 0 ? [`the lead of ${counted(led.length, 'partner')}`] : []),
  ];
  const [oldest] = mine
    .filter((row) => !isFollowupHiddenFrom(reader.viewer, row))
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  return {
    counts: listText(counts, 'and'),
    longest:
      oldest &&
      rich`${quoteShort(oldest.title)}, noted ${day(dayOf(oldest.createdAt, zoneOf(reader.member, partnership)))}`,
  };
}

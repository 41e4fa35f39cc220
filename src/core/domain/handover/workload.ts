import { collect } from '../../async/collect.ts';
import { getAll, type Store } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import { type Followup, followups } from '../followups/followup.ts';
import type { Member } from '../members/member.ts';
import { type Partner, partners } from '../partners/partner.ts';
import { type Handover, handoversOf } from './handover.ts';

/** The tasks of a member. */
export interface Workload {
  mine: readonly Followup[];
  /** Requests to them that they have not answered. */
  asked: readonly Followup[];
  /** The partners they lead. */
  led: readonly Partner[];
  /** The partners that they were asked to lead, and have not answered yet. */
  askedToLead: readonly Partner[];
}

/** What is handed over: follow-ups, and partners to lead. */
export type Tasks = Pick<Workload, 'mine' | 'led'>;

/** Reads the tasks of a member. */
export async function readWorkload(member: Pick<Member, 'id'>, store: Store): Promise<Workload> {
  const rows = store.of(followups);
  const open = { state: 'open' } as const;
  const [mine, asked, led, askedToLead] = await Promise.all([
    collect(rows.all({ index: 'byWho', where: { ...open, who: member.id } })),
    collect(rows.all({ index: 'byAsked', where: { ...open, asked: member.id } })),
    collect(
      store.of(partners).all({ index: 'byLead', where: { archived: false, lead: member.id } }),
    ),
    collect(store.of(partners).all({ index: 'byLeadAsked', where: { leadAsked: member.id } })),
  ]);
  return { mine, asked, led, askedToLead: askedToLead.filter(({ mergedInto }) => !mergedInto) };
}

/** How many tasks there are. */
export const workloadSize = ({ mine, asked, led, askedToLead }: Workload): number =>
  mine.length + asked.length + led.length + askedToLead.length;

/** The rows that some handovers name, open ones only. */
async function readItems(
  some: readonly Pick<Handover, 'items'>[],
  { store, directory }: { store: Store; directory: Directory },
): Promise<Tasks> {
  const items = some.flatMap((one) => one.items);
  const idsOf = (kind: 'followup' | 'lead') =>
    items.filter((item) => item.kind === kind).map(({ id }) => directory.partner(id)?.id ?? id);
  const [promises, led] = await Promise.all([
    getAll(store.of(followups), [...new Set(idsOf('followup'))]),
    getAll(store.of(partners), [...new Set(idsOf('lead'))]),
  ]);
  return {
    mine: promises.filter(({ state }) => state === 'open'),
    led: led.filter(({ archived }) => !archived),
  };
}

/** What was a member's, was handed over, and is with nobody: nobody has it, and nobody is asked. */
export async function readUnclaimed(
  member: Pick<Member, 'id' | 'mergedFrom'>,
  deps: { store: Store; directory: Directory },
): Promise<Tasks> {
  const { mine, led } = await readItems(await handoversOf(member, deps.store), deps);
  return {
    mine: mine.filter(({ who, asked }) => who === null && asked === null),
    led: led.filter(({ lead, leadAsked = null }) => lead === null && leadAsked === null),
  };
}

/** What a member is asked to take on of another one's tasks. */
export async function readAskedOf(
  asked: Pick<Member, 'id'>,
  from: Pick<Member, 'id' | 'mergedFrom'>,
  deps: { store: Store; directory: Directory },
): Promise<Tasks> {
  const { mine, led } = await readItems(await handoversOf(from, deps.store), deps);
  return {
    mine: mine.filter((row) => row.asked === asked.id),
    led: led.filter(({ leadAsked = null }) => leadAsked === asked.id),
  };
}

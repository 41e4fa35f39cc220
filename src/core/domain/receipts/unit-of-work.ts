import { turns } from '../../async/turns.ts';
import type { Collection, Declaration, Row, Store, Stores, Write } from '../../ports/store.ts';
import { hasOtherName } from '../directory/directory.ts';
import { members } from '../members/member.ts';
import { type Partner, partners } from '../partners/partner.ts';
import { namesChanged } from '../partnerships/partnership.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Change, changeOf } from './change.ts';
import {
  type PendingRow,
  type PendingRows,
  type PendingWrite,
  pendingCollection,
} from './pending-collection.ts';

/**
 * Everything that one command writes. Nothing of it is stored before `commit`, then all of it is stored together; the
 * command itself reads it at once.
 */
export interface UnitOfWork extends Pick<WriteContext, 'store' | 'wake' | 'namesChanged'> {
  /** The partnership's rows. Writes are recorded for `undo`. */
  readonly store: Store;
  /** Global collections. Writes are recorded for `undo`. */
  readonly global: Stores['global'];
  /** The partnership's rows again, for what `undo` computes anew: writes are not recorded. */
  readonly derived: Store;
  /** What was written and recorded, in the order of the first write of each row. */
  changes(): Change[];
  /**
   * Stores everything, and `last`, if it is given, after it.
   * @returns false if somebody else has changed one of the rows meanwhile: then run the command again.
   */
  commit(last?: Write): Promise<boolean>;
}

/** The ids of the rows whose change a directory has to know. */
function changedNames(entries: readonly Entry[]): { partners: string[]; members: string[] } {
  const idsOf = (name: string, isChanged: (row: PendingRow) => boolean) =>
    entries.flatMap((row) =>
      row.collection === name && isChanged(row) ? ((row.after ?? row.before)?.id ?? []) : [],
    );
  return {
    partners: idsOf(partners.name, ({ before, after }) =>
      hasOtherName(before as Partner | null, after as Partner | null),
    ),
    members: idsOf(members.name, () => true),
  };
}

interface Entry extends PendingRow {
  collection: string;
  recorded: boolean;
}

/**
 * Starts a unit of work of a partnership.
 * @param wake tells the sweep that something can be due now; it is called after the commit, if the command asked for it.
 */
export function unitOfWork(stores: Stores, partnership: string, wake: () => void): UnitOfWork {
  const tenant = stores.forPartnership(partnership);
  const entries: Entry[] = [];
  const writes: Write[] = [];
  const after = { wakes: false, namesChanged: false };
  const turn = turns();
  const collections = new Map<string, { rows: Map<string, Entry>; shared: SharedState }>();

  function open<T extends Row, I extends string>(
    stored: Collection<T, I>,
    declaration: Declaration<T, I>,
    owner: string | undefined,
    recorded: boolean,
  ): Collection<T, I> {
    const known = collections.get(declaration.name) ?? {
      rows: new Map<string, Entry>(),
      shared: { read: new Map<string, Row>(), idsByKey: new Map<string, string>() },
    };
    collections.set(declaration.name, known);
    const put = (id: string, row: PendingRow, write: PendingWrite) => {
      writes.push({ partnership: owner, declaration, ...write });
      const entry = known.rows.get(id) ?? { ...row, collection: declaration.name, recorded };
      if (!known.rows.has(id)) entries.push(entry);
      known.rows.set(id, Object.assign(entry, row, { recorded: entry.recorded || recorded }));
    };
    const pending = { rows: known.rows, ...known.shared, put, turn };
    return pendingCollection(stored, declaration, pending as unknown as PendingRows<T>);
  }

  const storeOf = (recorded: boolean): Store => ({
    partnership,
    of: (declaration) => open(tenant.of(declaration), declaration, partnership, recorded),
  });

  const derived = storeOf(false);

  return {
    store: storeOf(true),
    derived,
    global: (declaration) => open(stores.global(declaration), declaration, undefined, true),
    changes: () =>
      entries
        .filter(({ recorded, before, after }) => recorded && (before ?? after))
        .map(({ collection, before, after }) => changeOf(collection, before, after)),
    wake: () => {
      after.wakes = true;
    },
    namesChanged: async () => {
      after.namesChanged = true;
    },
    async commit(last) {
      if (after.namesChanged && writes.length > 0)
        await namesChanged(derived, changedNames(entries));
      if ((await stores.commit(last ? [...writes, last] : writes)) !== undefined) return false;
      if (after.wakes) wake();
      return true;
    },
  };
}

type SharedState = Pick<PendingRows<Row>, 'read' | 'idsByKey'>;

/**
 * Does what belongs together outside a command with a receipt. If somebody else changes one of the rows meanwhile, the
 * work is done again.
 */
export async function writeTogether<T>(
  stores: Stores,
  partnership: string,
  work: (unit: Pick<UnitOfWork, 'store' | 'global' | 'namesChanged'>) => Promise<T>,
): Promise<T> {
  for (;;) {
    const unit = unitOfWork(stores, partnership, () => {});
    const result = await work(unit);
    if (await unit.commit()) return result;
  }
}

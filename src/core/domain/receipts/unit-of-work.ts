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
  const states = new Map<string, State>();

  /** The pending rows of a collection: those that are recorded, and those that are not, are the same ones. */
  function pendingRows(
    declaration: Declaration<Row>,
    owner: string | undefined,
    recorded: boolean,
  ): PendingRows<Row> {
    const { name } = declaration;
    const state: State = states.get(name) ?? {
      rows: new Map(),
      read: new Map(),
      idsByKey: new Map(),
    };
    states.set(name, state);
    const put = (id: string, { before, after: now }: PendingRow, write: PendingWrite) => {
      writes.push({ partnership: owner, declaration, ...write });
      const entry = state.rows.get(id);
      if (entry) {
        entry.after = now;
        entry.recorded ||= recorded;
        return;
      }
      const added: Entry = { before, after: now, collection: name, recorded };
      state.rows.set(id, added);
      entries.push(added);
    };
    return { ...state, put, turn };
  }

  /** Makes a function that opens each collection once. */
  function opener(
    stored: <T extends Row, I extends string>(of: Declaration<T, I>) => Collection<T, I>,
    owner: string | undefined,
    recorded: boolean,
  ) {
    const opened = new Map<string, unknown>();
    return <T extends Row, I extends string>(declaration: Declaration<T, I>): Collection<T, I> => {
      const known = opened.get(declaration.name);
      if (known) return known as Collection<T, I>;
      const pending = pendingRows(declaration, owner, recorded) as unknown as PendingRows<T>;
      const collection = pendingCollection(stored(declaration), declaration, pending);
      opened.set(declaration.name, collection);
      return collection;
    };
  }

  const storeOf = (recorded: boolean): Store => ({
    partnership,
    of: opener((of) => tenant.of(of), partnership, recorded),
  });

  const derived = storeOf(false);

  return {
    store: storeOf(true),
    derived,
    global: opener((of) => stores.global(of), undefined, true),
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

/** What the collections that `undo` knows and those that it does not know have in common. */
interface State extends Pick<PendingRows<Row>, 'read' | 'idsByKey'> {
  rows: Map<string, Entry>;
}

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

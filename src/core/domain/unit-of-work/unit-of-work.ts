import { turns } from '../../async/turns.ts';
import type { Collection, Declaration, Row, Store, Stores, Write } from '../../ports/store.ts';
import { hasOtherName, isOtherPerson } from '../directory/directory.ts';
import { members } from '../members/member.ts';
import { type Partner, partners } from '../partners/partner.ts';
import { type NamesChange, namesChanged } from '../partnerships/partnership.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Person, people } from '../people/person.ts';
import { type Change, changeOf } from '../receipts/change.ts';
import { type ChangeAuthor, recordChanges } from '../recorded-changes/record-changes.ts';
import {
  type PendingRow,
  type PendingRows,
  type PendingWrite,
  pendingCollection,
} from './pending-collection.ts';

/**
 * Everything that one command writes. Nothing is stored before `commit`, which stores all of it together. The command
 * sees its own writes before that.
 */
export interface UnitOfWork extends Pick<WriteContext, 'store' | 'wake' | 'namesChanged'> {
  /** The partnership's rows. `undo` tracks writes to them. */
  readonly store: Store;
  /** Global collections. `undo` tracks writes to them. */
  readonly trackedGlobal: Stores['global'];
  /** The same rows as `store`. `undo` does not track writes to them: it recomputes these values. */
  readonly untracked: Store;
  /** The tracked changes, in the order of the first write of each row. */
  changes(): Change[];
  /** Writes history entries about what has been changed so far. To be called last, before `commit`. */
  recordHistory(author: ChangeAuthor): Promise<void>;
  /**
   * Stores everything, then `last`, if it is given.
   * @returns false if somebody else has changed one of the rows in the meantime: then run the command again.
   */
  commit(last?: Write): Promise<boolean>;
}

/** The ids of the changed rows that a directory contains. */
function changedNames(entries: readonly Entry[]): Omit<NamesChange, 'version'> {
  const idsOf = (name: string, isChanged: (row: PendingRow) => boolean) =>
    entries.flatMap((row) =>
      row.collection === name && isChanged(row) ? ((row.after ?? row.before)?.id ?? []) : [],
    );
  return {
    partners: idsOf(partners.name, ({ before, after }) =>
      hasOtherName(before as Partner | null, after as Partner | null),
    ),
    members: idsOf(members.name, () => true),
    people: idsOf(people.name, ({ before, after }) =>
      isOtherPerson(before as Person | null, after as Person | null),
    ),
  };
}

interface Entry extends PendingRow {
  collection: string;
  tracked: boolean;
}

/**
 * Starts a unit of work of a partnership.
 * @param wake tells the sweep that something can be due now. It is called after the commit, if the command asked for it.
 */
export function unitOfWork(stores: Stores, partnership: string, wake: () => void): UnitOfWork {
  const tenant = stores.forPartnership(partnership);
  const entries: Entry[] = [];
  const writes: Write[] = [];
  const onCommit = { wakes: false, namesChanged: false };
  const turn = turns();
  const states = new Map<string, State>();

  /** The pending rows of a collection, tracked and untracked alike. */
  function pendingRows(
    declaration: Declaration<Row>,
    owner: string | undefined,
    tracked: boolean,
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
        entry.tracked ||= tracked;
        return;
      }
      const added: Entry = { before, after: now, collection: name, tracked };
      state.rows.set(id, added);
      entries.push(added);
    };
    return { ...state, put, turn };
  }

  /** Makes a function that opens each collection once. */
  function opener(
    stored: <T extends Row, I extends string>(of: Declaration<T, I>) => Collection<T, I>,
    owner: string | undefined,
    tracked: boolean,
  ) {
    const opened = new Map<string, unknown>();
    return <T extends Row, I extends string>(declaration: Declaration<T, I>): Collection<T, I> => {
      const known = opened.get(declaration.name);
      if (known) return known as Collection<T, I>;
      const pending = pendingRows(declaration, owner, tracked) as unknown as PendingRows<T>;
      const collection = pendingCollection(stored(declaration), declaration, pending);
      opened.set(declaration.name, collection);
      return collection;
    };
  }

  const storeOf = (tracked: boolean): Store => ({
    partnership,
    of: opener((of) => tenant.of(of), partnership, tracked),
  });

  const untracked = storeOf(false);

  return {
    store: storeOf(true),
    untracked,
    trackedGlobal: opener((of) => stores.global(of), undefined, true),
    changes: () =>
      entries
        .filter(({ tracked, before, after }) => tracked && (before ?? after))
        .map(({ collection, before, after }) => changeOf(collection, before, after)),
    wake: () => {
      onCommit.wakes = true;
    },
    namesChanged: async () => {
      onCommit.namesChanged = true;
    },
    recordHistory: (author) => recordChanges([...entries], author, untracked),
    async commit(last) {
      if (onCommit.namesChanged && writes.length > 0)
        await namesChanged(untracked, changedNames(entries));
      if ((await stores.commit(last ? [...writes, last] : writes)) !== undefined) return false;
      if (onCommit.wakes) wake();
      return true;
    },
  };
}

/** What the tracked and the untracked form of a collection share. */
interface State extends Pick<PendingRows<Row>, 'read' | 'idsByKey'> {
  rows: Map<string, Entry>;
}

/**
 * Writes rows together, outside a command with a receipt. If somebody else changes one of the rows in the meantime,
 * `work` runs again.
 */
export async function writeTogether<T>(
  stores: Stores,
  partnership: string,
  work: (
    unit: Pick<UnitOfWork, 'store' | 'trackedGlobal' | 'namesChanged' | 'recordHistory'>,
  ) => Promise<T>,
): Promise<T> {
  for (;;) {
    const unit = unitOfWork(stores, partnership, () => {});
    const result = await work(unit);
    if (await unit.commit()) return result;
  }
}

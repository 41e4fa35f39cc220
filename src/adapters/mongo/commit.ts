import {
  type AnyDeclaration,
  type Collection,
  getAll,
  type New,
  type Row,
  type Write,
} from '../../core/ports/store.ts';

type Indexed<W> = W & { index: number };
type Insert = Indexed<Extract<Write, { insert: unknown }>>;
type Save = Indexed<Extract<Write, { save: unknown }>>;
type Remove = Indexed<Extract<Write, { remove: unknown }>>;

/** Opens a collection of a tenant, or a global one. */
type Open = (declaration: AnyDeclaration, partnership: string | undefined) => Collection<Row>;

/** A write that did not fit. */
type Misfit = { index: number } | undefined;

/**
 * Does the writes of one command, in an order that lets the command run again if this is cut off: the inserts, the
 * saves, the removals, and the last write at the end. If a row was changed meanwhile, nothing is stored in most cases,
 * and the rows that were inserted are removed again.
 * @returns the index of a write that did not fit; undefined if all is stored.
 */
export async function commitInOrder(
  writes: readonly Write[],
  open: Open,
): Promise<number | undefined> {
  const indexed = writes.map((write, index) => ({ ...write, index }));
  const last = indexed.pop();
  const folded = foldByRow(indexed);
  const saves = byCollection(folded.filter(isSave));
  const removals = folded.filter(isRemove);
  const changed = await findChanged([...saves, ...byCollection(removals)], open);
  if (changed) return changed.index;

  const inserted: Insert[] = [];
  const steps: (() => Promise<Misfit>)[] = [
    ...byCollection(folded.filter(isInsert)).map(
      (group) => () => insertMissing(group, open, inserted),
    ),
    ...saves.map((group) => () => saveAll(group, open)),
    ...removals.map((write) => () => remove(write, open)),
  ];
  if (last) steps.push(() => writeLast(last, open));
  for (const step of steps) {
    const misfit = await step();
    if (!misfit) continue;
    await takeBack(inserted, open);
    return misfit.index;
  }
  return undefined;
}

/** Several writes of one row as one, so that their order does not matter. A new row that is removed again is left out. */
function foldByRow(writes: readonly Indexed<Write>[]): Indexed<Write>[] {
  const byRow = new Map<string, Indexed<Write>>();
  for (const write of writes) {
    const key = JSON.stringify([write.declaration.name, write.partnership, rowId(write)]);
    const before = byRow.get(key);
    byRow.delete(key);
    const both = before ? fold(before, write) : write;
    if (both) byRow.set(key, both);
  }
  return [...byRow.values()];
}

function fold(first: Indexed<Write>, then: Indexed<Write>): Indexed<Write> | undefined {
  if (isInsert(first)) {
    if (isRemove(then)) return undefined;
    return isSave(then) ? { ...first, insert: then.save } : then;
  }
  const { version } = isSave(first) ? first.save : first.remove;
  const { partnership, declaration, index } = first;
  const where = { partnership, declaration, index };
  if (isRemove(then)) return { ...where, remove: { ...then.remove, version } };
  const row = isSave(then) ? then.save : (then as Insert).insert;
  return { ...where, save: { ...row, version } };
}

const rowId = (write: Indexed<Write>): string =>
  isInsert(write) ? write.insert.id : isSave(write) ? write.save.id : (write as Remove).remove.id;

/** Looks for a row that was changed or removed meanwhile, before anything is stored. */
async function findChanged(groups: readonly Group<Save | Remove>[], open: Open): Promise<Misfit> {
  for (const group of groups) {
    const [{ declaration, partnership }] = group;
    const rows = await getAll(open(declaration, partnership), group.map(rowId));
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    const changed = group.find((write) => {
      const { id, version } = isSave(write) ? write.save : write.remove;
      return versions.get(id) !== version;
    });
    if (changed) return changed;
  }
  return undefined;
}

/** A row that is there already was inserted when the command first ran. */
async function insertMissing(
  inserts: Group<Insert>,
  open: Open,
  inserted: Insert[],
): Promise<Misfit> {
  const [{ declaration, partnership }] = inserts;
  const collection = open(declaration, partnership);
  const stored = await collection.insertAll(inserts.map(({ insert }) => insert));
  inserted.push(...inserts.filter((_, index) => stored[index]));
  const refused = inserts.filter((_, index) => !stored[index]);
  const existing = await getAll(
    collection,
    refused.map(({ insert }) => insert.id),
  );
  return refused.find(({ insert }) => existing.every(({ id }) => id !== insert.id));
}

/** Removes the rows that this commit inserted: the command may write others when it runs again. */
async function takeBack(inserted: readonly Insert[], open: Open): Promise<void> {
  for (const { declaration, partnership, insert } of inserted)
    await open(declaration, partnership).remove(insert.id, 1);
}

async function saveAll(saves: Group<Save>, open: Open): Promise<Misfit> {
  const [{ declaration, partnership }] = saves;
  const saved = await open(declaration, partnership).saveAll(saves.map(({ save }) => save));
  return saves.find((_, index) => !saved[index]);
}

async function remove(write: Remove, open: Open): Promise<Misfit> {
  const { id, version } = write.remove;
  const collection = open(write.declaration, write.partnership);
  return (await collection.remove(id, version)) ? undefined : write;
}

async function writeLast(write: Indexed<Write>, open: Open): Promise<Misfit> {
  if (isSave(write)) return saveAll([write], open);
  if (isRemove(write)) return remove(write, open);
  const collection = open(write.declaration, write.partnership);
  const [inserted] = await collection.insertAll([write.insert as New<Row>]);
  return inserted ? undefined : write;
}

type Group<W> = [W, ...W[]];

/** Puts writes to one collection of one tenant together, in the order in which they are given. */
function byCollection<W extends Write>(writes: readonly W[]): Group<W>[] {
  const groups = new Map<string, Group<W>>();
  for (const write of writes) {
    const key = JSON.stringify([write.declaration.name, write.partnership]);
    const group = groups.get(key);
    if (group) group.push(write);
    else groups.set(key, [write]);
  }
  return [...groups.values()];
}

const isInsert = (write: Indexed<Write>): write is Insert => 'insert' in write;
const isSave = (write: Indexed<Write>): write is Save => 'save' in write;
const isRemove = (write: Indexed<Write>): write is Remove => 'remove' in write;

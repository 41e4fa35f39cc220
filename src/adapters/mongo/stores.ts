import { trusted } from 'mongoose';
import type { AnyDeclaration, Due, OfTenant, Row, Stores, Write } from '../../core/ports/store.ts';
import { checkId, checkLimit, checkVersion } from '../shared/store/check-values.ts';
import { checkDue, checkReach, type Fields, type Shape } from '../shared/store/shape.ts';
import { openCollection } from './collection.ts';
import { commitInOrder } from './commit.ts';
import type { BoundModel } from './models.ts';
import { encodeRow, type StoredRow } from './row-codec.ts';
import type { Attempt } from './store-errors.ts';
import { acrossTenants } from './tenant-guard.ts';
import { insertMany, saveMany } from './write-many.ts';

/**
 * Opens collections for core: those of a tenant through its partnership only, global ones without a partnership only.
 * @param attempt runs the operations.
 * @param models the collections that were declared; asking for another throws.
 */
export function openStores(attempt: Attempt, models: ReadonlyMap<string, BoundModel>): Stores {
  const known = ({ name }: AnyDeclaration, wanted: Shape['scope']): BoundModel => {
    const found = models.get(name);
    checkReach(found?.shape, name, wanted);
    return found as BoundModel;
  };
  const open = (declaration: AnyDeclaration, partnership: string | undefined) => {
    const scope = partnership === undefined ? 'global' : 'partnership';
    return openCollection<Row, string>(known(declaration, scope), attempt, partnership);
  };
  const ownedBy = (rows: readonly OfTenant<object>[]) => {
    for (const { partnership } of rows) checkId('partnership', partnership);
    return rows;
  };
  /** Finds out whether every row can be stored, before any is. */
  const checkWrite = (write: Write) => {
    const { partnership, declaration } = write;
    if (partnership !== undefined) checkId('partnership', partnership);
    const { shape } = known(declaration, partnership === undefined ? 'global' : 'partnership');
    if ('remove' in write) {
      checkId(`${shape.name}.id`, write.remove.id);
      checkVersion(`${shape.name}.version`, write.remove.version);
      return;
    }
    const row = 'insert' in write ? write.insert : write.save;
    encodeRow(shape, partnership, row as unknown as Fields, 1);
    if ('save' in write) checkVersion(`${shape.name}.version`, write.save.version);
  };

  return {
    forPartnership(partnership) {
      checkId('forPartnership', partnership);
      return {
        partnership,
        of: (declaration) =>
          openCollection(known(declaration, 'partnership'), attempt, partnership),
      };
    },

    global: (declaration) => openCollection(known(declaration, 'global'), attempt, undefined),

    due: (declaration, until, limit) =>
      attempt(async () => {
        const { shape, model } = known(declaration, 'partnership');
        checkDue(shape, until);
        if (checkLimit(limit) === 0) return [];
        const query = model
          .find(
            { nextRunAt: trusted({ $lte: until }) },
            { partnership: 1, nextRunAt: 1, claim: 1 },
            { limit, batchSize: limit + 1, sort: { nextRunAt: 1 } },
          )
          .lean<(Due & StoredRow)[]>();
        const rows = await acrossTenants(query);
        return rows.map(({ _id: id, partnership, nextRunAt, claim }) => {
          return { id, partnership, nextRunAt, claim };
        });
      }),

    async insertAll<T extends Row>(declaration: AnyDeclaration, rows: readonly OfTenant<object>[]) {
      const bound = known(declaration, 'partnership');
      const inserted = await attempt(() => insertMany(bound, ownedBy(rows)));
      return inserted as (T | undefined)[];
    },

    async saveAll<T extends Row>(declaration: AnyDeclaration, rows: readonly OfTenant<object>[]) {
      const bound = known(declaration, 'partnership');
      const saved = await attempt(() => saveMany(bound, ownedBy(rows)));
      return saved as (T | undefined)[];
    },

    async commit(writes) {
      for (const write of writes) checkWrite(write);
      return commitInOrder(writes, open);
    },

    // The server's files, journal and oplog keep removed data until the server overwrites it. No command changes that.
    vacuum: async () => true,
  };
}

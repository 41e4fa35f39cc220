import type { Declaration, New, OfTenant, Row, Stores, Write } from '../../core/ports/store.ts';
import { checkId, checkLimit } from '../shared/store/check-values.ts';
import { checkDue, checkReach, checkShape, type Shape } from '../shared/store/shape.ts';
import { type Access, fieldsOf, openCollection, writeEach } from './collection.ts';
import type { Sql } from './query-sql.ts';
import { decodeText } from './row-codec.ts';
import { type RowWrites, rowWrites, type TableSql, tableSql } from './write-sql.ts';

/**
 * Opens collections for core: those of a tenant through its partnership only, global ones without a partnership only.
 * @param shapes the collections that were declared; asking for another throws.
 */
export function openStores(shapes: readonly Shape[], access: Access): Stores {
  const byName = new Map<string, TableSql>();
  for (const shape of shapes) {
    if (byName.has(shape.name)) throw new Error(`Two collections are called ${shape.name}.`);
    checkShape(shape);
    byName.set(shape.name, tableSql(shape));
  }
  const known = ({ name }: Shape, wanted: Shape['scope']): TableSql => {
    const found = byName.get(name);
    checkReach(found?.shape, name, wanted);
    return found as TableSql;
  };
  return {
    forPartnership(partnership) {
      checkId('forPartnership', partnership);
      return {
        partnership,
        of: (declaration) => openCollection(known(declaration, 'partnership'), access, partnership),
      };
    },

    global: (declaration) => openCollection(known(declaration, 'global'), access, undefined),

    async due(declaration, until, limit) {
      const { shape } = known(declaration, 'partnership');
      const { name } = shape;
      checkDue(shape, until);
      const sql = `SELECT id, partnership, "nextRunAt", claim FROM "${name}" INDEXED BY "${name}.bySweep" WHERE "nextRunAt" <= ? ORDER BY "nextRunAt" LIMIT ?`;
      const params = [until.getTime(), checkLimit(limit)];
      return access.read({ sql, params }, ([id, partnership, nextRunAt, claim]) => ({
        id: decodeText(id as string),
        partnership: decodeText(partnership as string),
        nextRunAt: new Date(nextRunAt as number),
        claim: claim == null ? null : decodeText(claim as string),
      }));
    },

    async insertAll<T extends Row>(declaration: Declaration<T>, rows: readonly OfTenant<New<T>>[]) {
      const writes = rows.map((one) => tenantWrites(declaration, one).insert(fieldsOf(one.row)));
      return (await writeEach(access, writes)) as (T | undefined)[];
    },
    async saveAll<T extends Row>(declaration: Declaration<T>, rows: readonly OfTenant<T>[]) {
      const writes = rows.map((one) => tenantWrites(declaration, one).save(fieldsOf(one.row)));
      return (await writeEach(access, writes)) as (T | undefined)[];
    },

    async commit(writes) {
      if (writes.length === 0) return undefined;
      const results = await access.write({ statements: writes.map(statementOf), together: true });
      const last = results.at(-1);
      return last === 1 && results.length === writes.length ? undefined : results.length - 1;
    },

    vacuum: () => access.vacuum(),
  };

  function tenantWrites(
    declaration: Shape,
    { partnership }: Pick<Write, 'partnership'>,
  ): RowWrites {
    checkId('partnership', partnership);
    return rowWrites(known(declaration, 'partnership'), partnership);
  }

  function statementOf(write: Write): Sql {
    const writes =
      write.partnership === undefined
        ? rowWrites(known(write.declaration, 'global'), undefined)
        : tenantWrites(write.declaration, write);
    if ('insert' in write) return writes.insert(fieldsOf(write.insert)).statement;
    if ('save' in write) return writes.save(fieldsOf(write.save)).statement;
    return writes.remove(write.remove.id, write.remove.version);
  }
}

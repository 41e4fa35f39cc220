import { type Connection, type Model, trusted } from 'mongoose';
import type { Due, Stores } from '../../core/ports/store.ts';
import { checkId, checkKind, checkLimit } from '../shared/store/check-values.ts';
import { checkReach, type Shape } from '../shared/store/shape.ts';
import { openCollection } from './collection.ts';
import { schemaOf } from './schema.ts';
import type { Stored } from './stored.ts';
import { acrossTenants } from './tenant-guard.ts';

/** A declaration and its mongoose model. */
export interface Bound {
  readonly shape: Shape;
  readonly model: Model<Stored>;
}

/** Binds declarations to a connection, by name. @throws Error if two have the same name. */
export function bind(connection: Connection, shapes: readonly Shape[]): ReadonlyMap<string, Bound> {
  const bound = new Map<string, Bound>();
  for (const shape of shapes) {
    if (bound.has(shape.name)) throw new Error(`Two collections are called ${shape.name}.`);
    const model = connection.model<Stored>(shape.name, schemaOf(shape));
    bound.set(shape.name, { shape, model });
  }
  return bound;
}

/**
 * The way from core to the collections: tenant ones only through a partnership, global ones only without.
 * @param bound the collections that were declared; asking for another throws.
 */
export function openStores(bound: ReadonlyMap<string, Bound>): Stores {
  const known = ({ name }: Shape, wanted: Shape['scope']) => {
    const found = bound.get(name);
    checkReach(found?.shape, name, wanted);
    return found as Bound;
  };
  return {
    forPartnership(partnership) {
      checkId('forPartnership', partnership);
      return {
        partnership,
        of(declaration) {
          const { shape, model } = known(declaration, 'partnership');
          return openCollection(shape, model, partnership);
        },
      };
    },

    global(declaration) {
      const { shape, model } = known(declaration, 'global');
      return openCollection(shape, model, undefined);
    },

    async due(declaration, until, limit) {
      const { shape, model } = known(declaration, 'partnership');
      if (!('nextRunAt' in shape.fields)) throw new Error(`${shape.name} has no nextRunAt.`);
      if (until === null) throw new TypeError('due takes a moment.');
      checkKind('due', 'moment', until);
      if (checkLimit(limit) === 0) return [];
      const earliest = { limit, batchSize: limit + 1, sort: { nextRunAt: 1 } } as const;
      const query = model
        .find(
          { nextRunAt: trusted({ $lte: until }) },
          { partnership: 1, nextRunAt: 1, claim: 1 },
          earliest,
        )
        .lean<(Due & Stored)[]>();
      const rows = await acrossTenants(query);
      return rows.map(({ _id: id, partnership, nextRunAt, claim }) => {
        return { id, partnership, nextRunAt, claim };
      });
    },
  };
}

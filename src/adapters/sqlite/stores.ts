import type { Stores } from '../../core/ports/store.ts';
import { checkId, checkKind, checkLimit } from '../shared/store/check-values.ts';
import { checkReach, checkShape, type Shape } from '../shared/store/shape.ts';
import { type Access, openCollection } from './collection.ts';
import { decodeText } from './row-codec.ts';

/**
 * The way from core to the collections: tenant ones only through a partnership, global ones only without.
 * @param shapes the collections that were declared; asking for another throws.
 */
export function openStores(shapes: readonly Shape[], access: Access): Stores {
  const byName = new Map<string, Shape>();
  for (const shape of shapes) {
    if (byName.has(shape.name)) throw new Error(`Two collections are called ${shape.name}.`);
    checkShape(shape);
    byName.set(shape.name, shape);
  }
  const known = ({ name }: Shape, wanted: Shape['scope']): Shape => {
    const found = byName.get(name);
    checkReach(found, name, wanted);
    return found as Shape;
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
      const { name, fields } = known(declaration, 'partnership');
      if (!('nextRunAt' in fields)) throw new Error(`${name} has no nextRunAt.`);
      if (until === null) throw new TypeError('due takes a moment.');
      checkKind('due', 'moment', until);
      const rows = access.read({
        sql: `SELECT id, partnership, "nextRunAt", claim FROM "${name}" INDEXED BY "${name}.bySweep" WHERE "nextRunAt" <= ? ORDER BY "nextRunAt" LIMIT ?`,
        params: [until.getTime(), checkLimit(limit)],
      });
      return rows.map(({ id, partnership, nextRunAt, claim }) => ({
        id: decodeText(id as string),
        partnership: decodeText(partnership as string),
        nextRunAt: new Date(nextRunAt as number),
        claim: claim === null ? null : decodeText(claim as string),
      }));
    },
  };
}

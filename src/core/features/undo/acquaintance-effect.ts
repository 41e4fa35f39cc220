import { type Acquaintance, acquaintances } from '../../domain/acquaintances/acquaintance.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { type Kind, rowOf } from './effect-kinds.ts';

/** That somebody said, or took back, that they know a partner. */
export const acquaintanceKind: Kind = {
  collection: acquaintances.name,
  isOf: () => true,
  several: 'partners you know',
  undone: 'partners you know are as they were before',
  async effect(change, deps) {
    const row = await rowOf<Acquaintance>(change, acquaintances, deps);
    const partner = row && deps.directory.partner(row.partner)?.name;
    if (!partner) return undefined;
    return {
      label: `that you know ${partner}`,
      undone: rich`whether you know ${bold(partner)} is as it was before`,
    };
  },
};

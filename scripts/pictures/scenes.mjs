/** The step that moves the clock on until there is something to read. */
export const UNTIL_WRITTEN = 'until written';

const wide = { width: 940, height: 590 };
const phone = { width: 390, height: 640 };

const call =
  'log the shores centre talked about the room for the summer fair how:call next:"send the list of stalls" by:friday';
const asking = 'followup ask confirm the room who:@Tom';

/**
 * The pictures, by the name of their file: who looks at which place, and what happened before. Lines are said by
 * whoever looks, unless another is named; `+1w` moves the clock on.
 */
export const scenes = {
  contact: { as: 'maya', place: 'dm', size: wide, steps: [call] },
  brief: { as: 'tom', place: 'dm', size: wide, steps: [['maya', asking], UNTIL_WRITTEN] },
  quiet: { as: 'grace', place: 'dm', size: wide, steps: ['quiet'] },
  digest: { as: 'grace', place: 'partners', size: wide, steps: [['maya', call], '+1w'] },
  phone: { as: 'maya', place: 'dm', size: phone, steps: ['today'] },
};

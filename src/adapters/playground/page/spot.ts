import type { StateView } from '../wire.ts';

/** Who one speaks as, and where. It stands in the address, so that each tab may be somebody else. */
export interface Spot {
  as: string;
  place: string;
}

/** The spot's key, for drafts and what has been seen. */
export function keyOf({ as, place }: Spot): string {
  return `${as}/${place}`;
}

/** The spot that the address names, as far as there is one. */
export function spotInAddress(): Spot {
  const [as = '', place = ''] = location.hash.slice(1).split('/');
  return { as, place };
}

/** Puts the spot into the address, without a step in the history. */
export function putInAddress(spot: Spot): void {
  history.replaceState(null, '', `#${keyOf(spot)}`);
}

/** The spot if it exists; else the first member's direct message. */
export function settled(spot: Spot, state: StateView): Spot {
  const member = state.members.find(({ id }) => id === spot.as) ?? state.members[0];
  const direct = state.places.find((place) => place.direct);
  const place = state.places.find(({ id }) => id === spot.place) ?? direct;
  return { as: member?.id ?? '', place: place?.id ?? '' };
}

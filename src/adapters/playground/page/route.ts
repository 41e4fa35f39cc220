import type { StateView } from '../wire.ts';

/** Who one speaks as, and where. It is in the page's address, so that each tab can be somebody else. */
export interface Route {
  as: string;
  place: string;
}

/** A key for drafts and read counts. */
export function routeKey({ as, place }: Route): string {
  return `${as}/${place}`;
}

/** Reads the route from the address. Both parts are empty if it has none. */
export function readRoute(): Route {
  const [as = '', place = ''] = location.hash.slice(1).split('/');
  return { as, place };
}

/** Writes the route into the address, without a new entry in the browser's history. */
export function writeRoute(route: Route): void {
  history.replaceState(null, '', `#${routeKey(route)}`);
}

/** The route itself if its member and place exist; else the first member, or their direct message. */
export function validRoute(route: Route, state: StateView): Route {
  const member = state.members.find(({ id }) => id === route.as) ?? state.members[0];
  const direct = state.places.find((place) => place.direct);
  const place = state.places.find(({ id }) => id === route.place) ?? direct;
  return { as: member?.id ?? '', place: place?.id ?? '' };
}

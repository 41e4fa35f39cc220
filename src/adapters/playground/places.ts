import type { Identity, Place } from '../../core/message/invocation.ts';
import type { PlaceView } from './wire.ts';

export const PLATFORM = 'playground';
/** The one workspace of the playground. */
export const WORKSPACE = 'playground';
/** The id of a member's direct message with Convenor: each has their own. */
export const DIRECT = 'dm';

/** The places in the sidebar, as each member sees them. */
export const places: readonly PlaceView[] = [
  { id: 'general', name: 'general', direct: false },
  { id: 'partners', name: 'partners', direct: false },
  { id: DIRECT, name: 'Convenor', direct: true },
];

/** Whether it is a channel's id. */
export function isChannel(id: string): boolean {
  return places.some((place) => place.id === id && !place.direct);
}

/** The room behind a place. Channels are shared; every user has their own direct message. */
export function roomOf(place: string, user: string): string {
  return place === DIRECT ? `${DIRECT}-${user}` : place;
}

/** The place that a room's members see it as. */
export function placeOf(room: string): string {
  return isChannel(room) ? room : DIRECT;
}

/** A room as the bot's Invocation names it. */
export function invocationPlace(room: string): Place {
  return { platform: PLATFORM, workspace: WORKSPACE, channel: room, direct: !isChannel(room) };
}

/** A user as the bot's Identity. */
export function identityOf(user: string): Identity {
  return { platform: PLATFORM, workspace: WORKSPACE, user };
}

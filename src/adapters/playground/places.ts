import type { Identity, Place } from '../../core/message/invocation.ts';
import type { PlaceView } from './wire.ts';

export const PLATFORM = 'playground';
/** The one workspace of the playground. */
export const WORKSPACE = 'playground';
/** The id of a member's direct message with Convenor: each has their own. */
export const DIRECT = 'dm';

/** The places one can be in, as each member sees them. */
export const places: readonly PlaceView[] = [
  { id: 'general', name: 'general', direct: false },
  { id: 'partners', name: 'partners', direct: false },
  { id: DIRECT, name: 'Convenor', direct: true },
];

/** Whether it is a channel's id. */
export function isChannel(id: string): boolean {
  return places.some((place) => place.id === id && !place.direct);
}

/** The room behind a place: the same channel for all, a direct message of one's own. */
export function roomOf(place: string, user: string): string {
  return place === DIRECT ? `${DIRECT}-${user}` : place;
}

/** The place of a room, as those who are in it see it. */
export function placeOf(room: string): string {
  return isChannel(room) ? room : DIRECT;
}

/** A room as the bot knows it. */
export function spokenIn(room: string): Place {
  return { platform: PLATFORM, workspace: WORKSPACE, channel: room, direct: !isChannel(room) };
}

/** A pretend member as the bot knows them. */
export function identityOf(user: string): Identity {
  return { platform: PLATFORM, workspace: WORKSPACE, user };
}

/** How Discord is named in identities and places. */
export const PLATFORM = 'discord';

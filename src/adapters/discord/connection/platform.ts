/** Discord's name in identities and places. */
export const PLATFORM = 'discord';

/** How Slack is named in identities and places. */
export const PLATFORM = 'slack';

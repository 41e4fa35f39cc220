/** The roles of a member. The last one has the most rights. */
export const roles = ['member', 'worker', 'coordinator'] as const;
export type Role = (typeof roles)[number];

/** What each role may do. The docs print this table. */
export const rights = {
  /** Ask for help, see oneself. */
  'ask for help': ['member', 'worker', 'coordinator'],
  /** See partners, stories, follow-ups, who has gone quiet. */
  'see the register': ['member', 'worker', 'coordinator'],
  /** Log contacts, add partners and follow-ups, undo one's own commands. */
  'note things': ['member', 'worker', 'coordinator'],
  /** Change partners' details, lead and rhythm. */
  'keep partners': ['member', 'worker', 'coordinator'],
  /** Archive and merge partners, import a list. */
  'keep the register': ['worker', 'coordinator'],
  /** Settings, roles, digests; give follow-ups to others without asking. */
  coordinate: ['coordinator'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof rights;

/** Whether a role has a right. */
export function may(role: Role, right: Right): boolean {
  return (rights[right] as readonly Role[]).includes(role);
}

/** The roles that have a right, in words: `a worker or a coordinator`. */
export function holdersOf(right: Right): string {
  return rights[right].map((role) => `a ${role}`).join(' or ');
}

import type { Right } from './rights.ts';

/**
 * The right that it takes to change the rows of a collection, and single fields of them. `undo` asks for it too, so that
 * nobody takes back with an old button what they could not do any more.
 */
const changeRights: {
  readonly [collection: string]: {
    readonly other: Right;
    readonly fields?: { readonly [field: string]: Right };
  };
} = {
  members: {
    // Their own settings.
    other: 'note things',
    fields: {
      name: 'coordinate',
      role: 'coordinate',
      active: 'coordinate',
      keeper: 'coordinate',
      access: 'coordinate',
      tiedTo: 'coordinate',
      unidentifiedSince: 'coordinate',
      identities: 'coordinate',
      mergedInto: 'coordinate',
      mergedFrom: 'coordinate',
    },
  },
  partners: {
    other: 'keep partners',
    fields: { archived: 'keep the register', partOf: 'coordinate' },
  },
  people: { other: 'note things' },
  contacts: { other: 'note things' },
  followups: { other: 'note things' },
  interests: { other: 'note things' },
  handovers: { other: 'note things' },
  acquaintances: { other: 'note things' },
  meetings: { other: 'note things' },
  // Messages that a command queued, and that `undo` withdraws.
  deliveries: { other: 'note things' },
};

/** For a collection without an entry: settings, digests, workspaces, what is kept. */
const unlisted = { other: 'coordinate' } as const;

/** The rights that it takes to change these fields of a row. */
export function rightsToChange(collection: string, fields: readonly string[]): ReadonlySet<Right> {
  const { other, fields: own } = changeRights[collection] ?? { ...unlisted, fields: undefined };
  return new Set(fields.length === 0 ? [other] : fields.map((field) => own?.[field] ?? other));
}

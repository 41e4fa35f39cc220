/** A text of a row from which a name was erased. */
export interface ErasedPlace {
  collection: string;
  /** The id of the row. */
  id: string;
  field: string;
}

/** What is kept of an erasure outside the store, so that it can be done again on a restored backup. It never has the name. */
export interface Tombstone {
  /** The id of the erasure. */
  id: string;
  partnership: string;
  /** The day of the erasure (YYYY-MM-DD). */
  day: string;
  /** The key of the hashes (see {@link ErasureRecords}). */
  keyId: string;
  /** The keyed hash of each word of the name. */
  name: readonly string[];
  /** The keyed hashes of texts with only a part of the name, which are about the person too. */
  texts: readonly string[];
  /** The id of the member whose details were erased; null: they were not a member. */
  member: string | null;
  places: readonly ErasedPlace[];
}

/** What is kept of a deleted partnership outside the store, so that it is deleted again on a restored backup. */
export interface DeletedPartnership {
  kind: 'partnership';
  /** The partnership's id. */
  id: string;
  partnership: string;
  /** The day of the deletion (YYYY-MM-DD). */
  day: string;
  /** Its id, and those of the partnerships that were merged into it. */
  owned: readonly string[];
}

/** Keeps what is left of erasures outside the store. */
export interface ErasureRecords {
  /** Names the key without revealing it. */
  readonly keyId: string;
  /** The keyed hash of a text. Without the key nobody can try out which text it was made of. */
  hash(text: string): string;
  /** Writes what is kept, and returns once it is on disk. It can be repeated. */
  record(kept: Tombstone | DeletedPartnership): Promise<void>;
}

/** A stored document: the key of its `_id` and its bytes, which are replaced and never edited. */
export interface Row {
  readonly id: string;
  doc: Buffer;
}

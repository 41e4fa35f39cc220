/** The store was used by a newer program; the message says what to do. */
export class StoreTooNew extends Error {
  constructor(found: number, known: number) {
    super(
      `This store was last used by a newer Convenor (its schema version is ${found}, this program knows up to ${known}). Start that newer version, or restore a backup made with this one.`,
    );
    this.name = 'StoreTooNew';
  }
}

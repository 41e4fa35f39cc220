import { receipts } from '../../core/domain/receipts/receipt.ts';
import type { AnyDeclaration, Collection, Row, Stores } from '../../core/ports/store.ts';

/** Deletes the rows that a partnership has in these collections, and its receipts. */
export async function deletePartnershipData(
  stores: Stores,
  partnership: string,
  declarations: readonly AnyDeclaration[],
): Promise<void> {
  const store = stores.forPartnership(partnership);
  for (const declaration of declarations) {
    if (declaration.scope !== 'partnership') continue;
    const rows = store.of(declaration);
    await removeAll(rows, rows.all({ index: 'byId' }));
  }
  const received = stores.global(receipts);
  await removeAll(received, received.all({ index: 'byActor', where: { partnership } }));
}

async function removeAll<T extends Row, I extends string>(
  rows: Collection<T, I>,
  found: AsyncIterable<T>,
): Promise<void> {
  for await (const { id } of found) await rows.remove(id);
}

import { receipts } from '../../core/domain/receipts/receipt.ts';
import {
  type AnyDeclaration,
  type Collection,
  genericDeclaration,
  type Row,
  type Stores,
} from '../../core/ports/store.ts';

/** Removes all that one partnership has in the collections given, and what came in for it. */
export async function clearPartnership(
  stores: Stores,
  partnership: string,
  declarations: readonly AnyDeclaration[],
): Promise<void> {
  const store = stores.forPartnership(partnership);
  for (const declaration of declarations) {
    if (declaration.scope !== 'partnership') continue;
    const rows = store.of(genericDeclaration(declaration));
    await removeAll(rows, rows.pages({ index: 'byId' }));
  }
  const came = stores.global(receipts);
  await removeAll(came, came.pages({ index: 'byActor', where: { partnership } }));
}

async function removeAll<T extends Row, I extends string>(
  rows: Collection<T, I>,
  pages: AsyncIterable<T[]>,
): Promise<void> {
  for await (const page of pages) for (const row of page) await rows.remove(row.id);
}

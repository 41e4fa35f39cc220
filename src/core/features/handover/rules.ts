/** Where a follow-up goes that is handed back: to who gave it, if they are still here, else to nobody yet. */
export function backTo(
  row: { createdBy: string },
  holder: string,
  isHere: (member: string) => boolean,
): string | null {
  return row.createdBy !== holder && isHere(row.createdBy) ? row.createdBy : null;
}

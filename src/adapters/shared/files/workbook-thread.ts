import { parentPort, workerData } from 'node:worker_threads';
import readSheets from 'read-excel-file/universal';
import { csvRow, type Sheet } from '../../../core/base/sheet-text.ts';
import { unpackedSize } from './zip-size.ts';

/** The sheets of a workbook that have cells, or why it cannot be read. */
export type WorkbookResult = readonly Sheet[] | 'too large' | 'damaged';

/** How much the XML of a workbook may take when it is unpacked (bytes). */
const MAX_UNPACKED_BYTES = 30_000_000;
/** More rows than a list can have, so that its reader can say so. */
const MAX_ROWS = 2100;
const MAX_COLUMNS = 200;
const MAX_SHEETS = 20;

async function read(file: Uint8Array<ArrayBuffer>): Promise<WorkbookResult> {
  const size = unpackedSize(Buffer.from(file.buffer), MAX_UNPACKED_BYTES);
  if (typeof size === 'string') return size;
  const sheets = await readSheets(file.buffer, { parseNumber: numberText });
  return sheets
    .map(({ sheet, data }): Sheet => ({ name: sheet, csv: csvOf(data) }))
    .filter(({ csv }) => csv !== '')
    .slice(0, MAX_SHEETS);
}

function csvOf(rows: readonly (readonly unknown[])[]): string {
  return rows
    .slice(0, MAX_ROWS)
    .map((cells) => csvRow(cells.slice(0, MAX_COLUMNS).map(cellText)).replace(/,+$/, ''))
    .join('\n')
    .trimEnd();
}

/** A number with the 15 digits that spreadsheets show: the file may have 0.3 as 0.30000000000000004. */
const numberText = (number: string): string => `${Number(Number(number).toPrecision(15))}`;

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // The day of a cell has no zone. The library gives it as UTC.
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return `${cell}`;
}

parentPort?.postMessage(await read(workerData));

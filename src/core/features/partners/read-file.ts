import { type Sheet, sheetsIn, sheetsText } from '../../base/sheet-text.ts';
import { UserError } from '../../message/user-error.ts';
import { readTable, type Table } from './csv.ts';

/** What was read of a file. */
export interface FileTable {
  table: Table;
  /** What was read, as text. Buttons keep it. */
  file: string;
  /** The sheet of a workbook that was read, and its other ones that have a table. */
  sheet: { name: string; others: readonly OtherSheet[] } | undefined;
}

interface OtherSheet {
  name: string;
  /** The workbook with this sheet first, so that it is read. */
  file: string;
}

/**
 * Reads the table of a file. Of a workbook it is that of the first sheet that has one.
 * @param names the header of the column with the names, if somebody chose it.
 * @throws UserError that says what is wrong with the file and what to do.
 */
export async function readFile(file: string, names?: string): Promise<FileTable> {
  const sheets = sheetsIn(file);
  if (sheets.length === 0) return { table: await readTable(file, names), file, sheet: undefined };
  const read: { sheet: Sheet; table: Table }[] = [];
  let problem: UserError | undefined;
  for (const sheet of sheets) {
    try {
      read.push({ sheet, table: await readTable(sheet.csv, names) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problem ??= error;
    }
  }
  const [first, ...others] = read;
  if (!first) throw problem ?? new UserError('That workbook is empty.', 'file');
  const withFirst = (sheet: Sheet) =>
    sheetsText([sheet, ...read.map((one) => one.sheet).filter((one) => one !== sheet)]);
  return {
    table: first.table,
    file: sheetsText([first.sheet]),
    sheet: {
      name: first.sheet.name,
      others: others.map(({ sheet }) => ({ name: sheet.name, file: withFirst(sheet) })),
    },
  };
}

import { sheetsText } from '../../../core/base/sheet-text.ts';
import { decodeText } from '../../../core/base/text-encoding.ts';
import { UserError } from '../../../core/message/user-error.ts';
import { readWorkbook } from './workbook.ts';

/** The longest file that is read (bytes): more than any arg takes, so that core can say that a file is too long. */
export const MAX_FILE_BYTES = 4_200_000;

/**
 * The text of an uploaded file. A workbook (.xlsx) becomes the text of its sheets (see `sheetsText`).
 * @param bytes the file, or the first {@link MAX_FILE_BYTES} of it and some more.
 * @throws UserError for a file that is no text and no workbook, or a workbook that cannot be read.
 */
export async function fileText(bytes: Uint8Array): Promise<string> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(file, ZIP)) return workbookText(file);
  const problem = otherFile(file);
  if (problem) throw new UserError(problem);
  return decodeText(bytes);
}

async function workbookText(file: Buffer): Promise<string> {
  if (file.length > MAX_FILE_BYTES) throw new UserError(TOO_LARGE);
  // The names in a zip are not compressed.
  if (!file.includes('xl/workbook.xml'))
    throw new UserError(file.includes('opendocument.spreadsheet') ? OPEN_DOCUMENT : NO_LIST);
  const read = await readWorkbook(file);
  if (read === 'too large') throw new UserError(TOO_LARGE);
  if (read === 'damaged')
    throw new UserError(
      "I can't open that workbook: it seems to be damaged. Open it in your spreadsheet, save it again as .xlsx, and send me that.",
    );
  if (read.length === 0)
    throw new UserError('That workbook is empty. It needs a row for each partner.');
  return sheetsText(read);
}

/** What to do about a file of another program; undefined: it may be text. */
function otherFile(file: Buffer): string | undefined {
  if (startsWith(file, COMPOUND_FILE))
    // A workbook with a password is a compound file, which names its parts in UTF-16.
    return file.includes(Buffer.from('EncryptedPackage', 'utf16le'))
      ? "That workbook has a password, so I can't open it. Save a copy without the password, and send me that."
      : 'That is an older kind of Excel file. In Excel choose "Save as", then "Excel Workbook (.xlsx)", and send me that.';
  if (startsWith(file, Buffer.from('%PDF')))
    return "That is a PDF, and I can't read a list from one. Send me the spreadsheet it was made from, as .xlsx or CSV.";
  return undefined;
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
const ZIP = Buffer.from('PK\u0003\u0004');
/** https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb/05060311-bfce-4b12-874d-71fd4ce63aea */
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

const startsWith = (file: Buffer, start: Buffer): boolean =>
  file.subarray(0, start.length).equals(start);

const TOO_LARGE =
  'That workbook is larger than I can read. Keep only the sheet with your partners, and send me that as .xlsx or CSV.';
const OPEN_DOCUMENT =
  'That is an OpenDocument spreadsheet (.ods). In your spreadsheet choose "Save as", then .xlsx or CSV, and send me that.';
const NO_LIST = "I can't read that kind of file. Save your list as .xlsx or CSV, and send me that.";

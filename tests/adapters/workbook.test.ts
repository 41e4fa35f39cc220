import { describe, expect, it } from 'vitest';
import { fileText } from '../../src/adapters/shared/files/file-text.ts';
import { unpackedSize } from '../../src/adapters/shared/files/zip-size.ts';
import { sheetsIn } from '../../src/core/base/sheet-text.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import { UserError } from '../../src/core/message/user-error.ts';
import { ZONE } from '../fixtures/bot.ts';
import { type Cell, workbook, zip } from '../fixtures/workbook.ts';

async function refusedFor(file: Uint8Array): Promise<string> {
  try {
    await fileText(file);
  } catch (error) {
    if (error instanceof UserError) return plainText(error.text, ZONE);
    throw error;
  }
  return '';
}

/** The first sheet of a workbook with these rows, as CSV. */
const readRows = async (rows: readonly (readonly Cell[])[]) =>
  sheetsIn(await fileText(workbook({ Partners: rows })))[0]?.csv;

/** 30 Nov 2026, as workbooks store it. */
const DAY = 46356;

describe('a workbook', () => {
  it('is read as the text of its sheets', async () => {
    const text = await fileText(
      workbook({
        'Our partners': [
          ['name', 'level'],
          ['Oak "The" School, Ltd', 'local'],
        ],
        Empty: [],
        Notes: [['Hello & welcome']],
      }),
    );
    expect(sheetsIn(text)).toEqual([
      { name: 'Our partners', csv: 'name,level\n"Oak ""The"" School, Ltd",local' },
      { name: 'Notes', csv: 'Hello & welcome' },
    ]);
  });

  it.each<[string, Cell, string]>([
    ['a day', { day: DAY }, '2026-11-30'],
    ['a day with a clock time', { day: DAY + 0.99 }, '2026-11-30'],
    ['a number', 1109789, '1109789'],
    ['a number with the slip of its computer', 0.1 + 0.2, '0.3'],
    ['a tick', { xml: '<c t="b"><v>1</v></c>' }, 'true'],
    ['an error', { xml: '<c t="e"><v>#N/A</v></c>' }, ''],
    ['lines', 'Oak School\nMain Street', 'Oak School Main Street'],
    ['a text like a formula', '=1+1', '"=1+1"'],
  ])('has %s as text', async (_, cell, text) => {
    expect(await readRows([['x', cell, 'y']])).toBe(`x,${text},y`);
  });

  it('keeps empty rows, so that the line of a row is its number', async () => {
    expect(await readRows([['name'], [], ['Oak School']])).toBe('name\n\nOak School');
  });

  it('of many rows is cut, and nobody waits for it', async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => [`Partner ${row}`, 'local', 'school']);
    const file = workbook({ Partners: [['name', 'level', 'sector'], ...rows] });
    let turns = 0;
    const others = setInterval(() => turns++, 10);
    const text = await fileText(file);
    clearInterval(others);
    expect(text.split('\n')).toHaveLength(2101);
    expect(turns).toBeGreaterThan(10);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a PDF with another name', Buffer.from('%PDF-1.7 …'), /That is a PDF.*\.xlsx or CSV/],
    ['a workbook with a password', compoundFile('EncryptedPackage'), /has a password.*without/],
    ['an older workbook', compoundFile('Workbook'), /older kind of Excel file.*\.xlsx/],
    [
      'an OpenDocument spreadsheet',
      zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
      /\(\.ods\).*\.xlsx or CSV/,
    ],
    ['a document', zip({ 'word/document.xml': '<x/>' }), /can't read that kind of file/],
    ['a workbook of nothing', workbook({ Sheet1: [], Sheet2: [] }), /is empty/],
    ['a broken workbook', zip({ 'xl/workbook.xml': '<workbook' }), /seems to be damaged/],
    ['half a workbook', workbook({ A: [['name']] }).subarray(0, 700), /seems to be damaged/],
    ['a zip bomb', zip({ 'xl/workbook.xml': Buffer.alloc(40_000_000) }), /larger than I can read/],
  ])('of the sort "%s" is refused with what to do', async (_, file, says) => {
    expect(await refusedFor(file)).toMatch(says);
  });

  it('with a cell at the far end of the sheet is read or refused, and takes nobody with it', async () => {
    const far = { xml: '<c r="XFD1048576"><v>1</v></c>' };
    const file = workbook({
      A: [
        ['name', 'level'],
        ['Oak School', far],
      ],
    });
    const said = await fileText(file).catch((error: UserError) => plainText(error.text, ZONE));
    expect(said).toMatch(/^=== Sheet: A ===\nname,level\nOak School$|larger than I can read/);
  });

  it.each([
    ['too large', {}],
    // More than its directory says: it is unpacked no further.
    ['damaged', { 'xl/workbook.xml': 1000 }],
    ['damaged', { 'xl/workbook.xml': 0 }],
  ])('that is a bomb is %s, whatever it declares', (result, declared) => {
    const bomb = zip({ 'xl/workbook.xml': Buffer.alloc(40_000_000) }, declared);
    expect(unpackedSize(bomb, 30_000_000)).toBe(result);
  });
});

/** The start of a file of older programs, and the name of a part of it. */
function compoundFile(part: string): Buffer {
  const start = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  return Buffer.concat([start, Buffer.alloc(504), Buffer.from(part, 'utf16le')]);
}

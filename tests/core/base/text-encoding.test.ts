import { describe, expect, it } from 'vitest';
import { decodeText, repairedLetters } from '../../../src/core/base/text-encoding.ts';

const TEXT = 'name;last contact\nCafé “Orchard” – £5 for St Ann’s;1/10/2026\n';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16 with its mark', utf16(`\uFEFF${TEXT}`)],
    ['UTF-16 without its mark', utf16(TEXT)],
    ['UTF-16 with the high byte first', utf16(`\uFEFF${TEXT}`).swap16()],
    ['UTF-16 with the high byte first and no mark', utf16(TEXT).swap16()],
    ['Windows-1252', windows1252(TEXT)],
  ])('is read in %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });

  it('has zero characters if the file is no text', () => {
    expect(decodeText(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0x3e, 0]))).toContain('\0');
    expect(decodeText(Buffer.from([]))).toBe('');
  });
});

/** A text in Windows-1252, as spreadsheets write it. */
function windows1252(text: string): Buffer {
  const places: Record<string, number> = { '“': 0x93, '”': 0x94, '–': 0x96, '’': 0x92 };
  return Buffer.from([...text].map((letter) => places[letter] ?? letter.charCodeAt(0)));
}

describe('letters that were read in the wrong encoding', () => {
  it.each([
    ['CafÃ© Orchard', 'Café Orchard'],
    ['Sandâ€™s End', 'Sand’s End'],
    ['Â£5 shop', '£5 shop'],
    ['Åle Ã‰cole é', undefined],
    ['Café', undefined],
    ['SÃO PAULO', undefined],
    ['日Ã©', undefined],
  ])('%j is repaired to %j', (text, repaired) => {
    expect(repairedLetters(text)).toBe(repaired);
  });
});

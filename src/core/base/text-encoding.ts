/** What the bytes 0x80 to 0x9F are in Windows-1252 (https://encoding.spec.whatwg.org/index-windows-1252.txt). */
const WINDOWS_LETTERS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text of an uploaded file: UTF-8, UTF-16 with or without its mark, and otherwise Windows-1252, which spreadsheets
 * still write. The mark is left out. Bytes that are no text give a text with zero characters.
 */
export function decodeText(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Some versions of Node.js read Windows-1252 as Latin 1: https://github.com/nodejs/node/issues/56542
    return new TextDecoder('windows-1252')
      .decode(bytes)
      .replace(/[\u0080-\u009f]/g, (letter) => WINDOWS_LETTERS.charAt(letter.charCodeAt(0) - 0x80));
  }
}

/** How many bytes tell UTF-16 without a mark. */
const SAMPLE_BYTES = 1000;
/** In UTF-16, one of the two bytes of a Latin letter is zero. Other letters are rare in a list. */
const MIN_SHARE_OF_ZEROS = 0.8;

/** Which UTF-16 the bytes are, by their mark, or by where their zero bytes are; undefined: none. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const pairs = Math.floor(sample.length / 2);
  const zerosAt = (offset: number) =>
    sample.filter((byte, at) => byte === 0 && at % 2 === offset).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  // Most of the second bytes are zero, and next to none of the first ones.
  if (odd > MIN_SHARE_OF_ZEROS * pairs && even === 0) return 'utf-16le';
  if (even > MIN_SHARE_OF_ZEROS * pairs && odd === 0) return 'utf-16be';
  return undefined;
}

/**
 * A text whose letters were read in the wrong encoding, as it was before: `CafÃ©` is `Café`.
 * @returns undefined for a text that is right as it stands.
 */
export function repairedLetters(text: string): string | undefined {
  if (
    !/[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/u.test(text)
  )
    return undefined;
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const windows = code > 0xff ? WINDOWS_LETTERS.indexOf(letter) : -1;
    if (code > 0xff && windows < 0) return undefined;
    bytes.push(windows < 0 ? code : 0x80 + windows);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

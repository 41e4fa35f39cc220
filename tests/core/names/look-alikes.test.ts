import { expect, it } from 'vitest';
import { looksLike, mixedWordIn, otherScriptsIn } from '../../../src/core/names/look-alikes.ts';

// The second letter e of "Rivеrside", and all of "РОСА", are Cyrillic; the last o of "Trustο" is Greek.
const CYRILLIC = 'Riv\u0435rside Council';

it.each([
  [CYRILLIC, 'riverside council', true],
  ['Riverside Council', CYRILLIC, true],
  ['\u0420\u041E\u0421\u0410', 'POCA', true],
  ['Trust\u03BF', 'Trusto', true],
  ['Riverside Council', 'Riverside Council', false],
  ['\u041D\u0430\u0434\u0456\u044F', 'Hope', false],
  ['Riverside', 'Oakfield', false],
])('%s and %s look the same, and are not: %s', (name, other, isSo) => {
  expect(looksLike(name, other)).toBe(isSo);
});

it('names a word of two scripts, and the script', () => {
  expect(mixedWordIn(CYRILLIC)).toBe('Riv\u0435rside');
  expect(otherScriptsIn(CYRILLIC)).toBe('Cyrillic');
  expect(mixedWordIn('\u041D\u0430\u0434\u0456\u044F Hope')).toBeUndefined();
});

import { expect, it } from 'vitest';
import { hiddenCharacterIn, withoutHidden } from '../../../src/core/base/text.ts';

it.each([
  ['a zero-width space', 'River\u200Bside', 'a character after "River" that nobody can see'],
  ['a joiner between Latin letters', 'River\u200Dside', 'nobody can see'],
  ['a soft hyphen', 'River\u00ADside', 'nobody can see'],
  ['a byte order mark', '\uFEFFRiverside', 'a character at its start that nobody can see'],
  ['a Hangul filler', 'River\u3164side', 'nobody can see'],
  ['a tag outside of a flag', 'River\u{E0041}side', 'nobody can see'],
  ['a style of nothing', 'River\uFE0Fside', 'nobody can see'],
  ['an override of the direction', 'River\u202Eside', 'after "River" that turns the direction'],
  ['an isolate', 'River\u2066side', 'turns the direction'],
  ['a mark of direction', 'River\u200Fside', 'turns the direction'],
])('%s is found, and taken out', (_, name, sentence) => {
  expect(hiddenCharacterIn(name)).toContain(sentence);
  expect(withoutHidden(name)).toBe('Riverside');
});

it.each([
  ['a family', 'Family \u{1F468}\u200D\u{1F469}\u200D\u{1F467} Centre'],
  ['an astronaut with a skin tone', '\u{1F469}\u{1F3FD}\u200D\u{1F680}'],
  ['a red heart', '\u2764\uFE0F Hub'],
  ['a keycap', '1\uFE0F\u20E3'],
  ['the flag of Scotland', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
  ['Persian with a non-joiner', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'],
  ['Hindi with a joiner', '\u0915\u094D\u200D\u0937'],
  ['a variant of a Han letter', '\u845B\u{E0100}'],
  ['accents', 'Caf\u00E9 Cafe\u0301'],
])('%s stays as it is', (_, name) => {
  expect(hiddenCharacterIn(name)).toBeUndefined();
  expect(withoutHidden(name)).toBe(name);
});

/** Letters that no decomposition takes apart. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * A name as it is compared: `The Co-op & Sons` is `coop and sons`. Accents of Latin letters go, letters of every
 * script stay. Partners are unique by it, so it may only ever change together with a migration.
 * @returns the empty string for a name without letters or digits.
 */
export function nameKey(name: string): string {
  const tokens = keyTokens(name);
  return (tokens.length > 1 && tokens[0] === 'the' ? tokens.slice(1) : tokens).join(' ');
}

/** The words of a name as they are compared, a leading "the" included. */
export function keyTokens(name: string): string[] {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[-\u2010\u2011'’‘ʼ`´\p{Cf}]/gu, '')
    .replaceAll('&', ' and ')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((token) => token !== '' && /[\p{L}\p{N}]/u.test(token));
}

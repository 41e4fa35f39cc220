import { nameKey } from './name-words.ts';

/** Letters of other scripts that look like a Latin one. */
const LATIN_LOOK_ALIKES: Readonly<Record<'Cyrillic' | 'Greek', Readonly<Record<string, string>>>> =
  {
    Cyrillic: pairs(
      'АаВвЕеЗзІіЈјКкМмНнОоРрСсТтУуХхЅѕҺһԁԛԝӏ',
      'AaBbEe33IiJjKkMmHhOoPpCcTtYyXxSsHhdqwl',
    ),
    Greek: pairs('ΑαΒβΕεΖζΗηΙιΚκΜμΝνΟοΡρΤτΥυΧχ', 'AaBbEeZzHnIiKkMmNvOoPpTtYuXx'),
  };

function pairs(from: string, to: string): Record<string, string> {
  return Object.fromEntries([...from].map((letter, at) => [letter, to[at] ?? letter]));
}

type Script = keyof typeof LATIN_LOOK_ALIKES;
const SCRIPTS = Object.keys(LATIN_LOOK_ALIKES) as Script[];
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Whether a name has letters of a script that looks like Latin. */
export const hasOtherScript = (name: string): boolean => OTHER_SCRIPT.test(name);

/** The key of a name as it looks: letters of other scripts count as the Latin ones that they look like. */
export function visualKey(name: string): string {
  if (!hasOtherScript(name)) return nameKey(name);
  const letters = [...name].map(
    (letter) => SCRIPTS.map((script) => LATIN_LOOK_ALIKES[script][letter]).find(Boolean) ?? letter,
  );
  return nameKey(letters.join(''));
}

/** The scripts other than Latin in a name that can look like it: `Cyrillic`, `Greek`. */
export function otherScriptsIn(name: string): string {
  return SCRIPTS.filter((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)).join(
    ' and ',
  );
}

/** Whether two names look the same and are not: one has letters of another script in it. */
export function looksLike(name: string, other: string): boolean {
  if (!hasOtherScript(name) && !hasOtherScript(other)) return false;
  return nameKey(name) !== nameKey(other) && visualKey(name) === visualKey(other);
}

/** A word of a name that has letters of two scripts that look alike; undefined if there is none. */
export function mixedWordIn(name: string): string | undefined {
  if (!hasOtherScript(name)) return undefined;
  return name
    .split(/[^\p{L}\p{M}]+/u)
    .find((word) => hasOtherScript(word) && /\p{Script=Latin}/u.test(word));
}

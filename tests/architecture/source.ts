import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

/** One import: `to` is a path from the root of the repository, or the name of a package or built-in. */
interface Import {
  to: string;
  /** True for `import type` and `export type`, which are gone when the code runs. */
  typeOnly: boolean;
}

/** A file of the house, read for its rules. */
export interface Source {
  /** From the root of the repository, with slashes. */
  path: string;
  lines: number;
  /** The code without comments, and with a number for each string. */
  code: string;
  imports: readonly Import[];
}

/** Every file under a folder of the repository; a folder that is not there has none. */
export function readSources(root: string, folder: string): readonly Source[] {
  return filesUnder(join(root, folder)).map((file) =>
    sourceOf(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')),
  );
}

function filesUnder(folder: string): readonly string[] {
  let entries: ReturnType<typeof listed>;
  try {
    entries = listed(folder);
  } catch {
    return [];
  }
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

const listed = (folder: string) => readdirSync(folder, { withFileTypes: true });

/** Reads one file's text. */
export function sourceOf(path: string, text: string): Source {
  const { code, strings } = scan(text);
  const imports = importsIn(code).map(({ string, typeOnly }) => ({
    to: resolved(path, strings[string] ?? ''),
    typeOnly,
  }));
  return { path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), code, imports };
}

function resolved(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

/** No other import may begin between `import` and its `from`. */
const CLAUSE = String.raw`(?:(?!\b(?:import|export)\b)[\w$\s{},*])*?`;
const IMPORTS = new RegExp(
  [
    String.raw`\b(?:import|export)\b(?<type>\s+type\b(?!\s*(?:,|from\b)))?${CLAUSE}\bfrom\s*'(?<from>\d+)'`,
    String.raw`\b(?:import|require)\s*\(\s*'(?<called>\d+)'`,
    String.raw`\bimport\s*'(?<effect>\d+)'`,
  ].join('|'),
  'g',
);

function importsIn(code: string): readonly { string: number; typeOnly: boolean }[] {
  return [...code.matchAll(IMPORTS)].map(({ groups = {} }) => ({
    string: Number(groups.from ?? groups.called ?? groups.effect),
    typeOnly: groups.type !== undefined,
  }));
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const STRING = /'((?:\\[\s\S]|[^'\\\n])*)'|"((?:\\[\s\S]|[^"\\\n])*)"/y;
const TEMPLATE_PART = /((?:\\[\s\S]|\$(?!\{)|[^`\\$])*)(`|\$\{)/y;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
/** After these a slash begins a regular expression; after anything else it divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|await|yield))\s*$/;

/**
 * Takes comments out of TypeScript and puts each string's number in its place, so that neither can be taken
 * for code. Templates are strings where nothing is filled in; otherwise what is filled in stays, as code.
 */
export function scan(text: string): { code: string; strings: readonly string[] } {
  const strings: string[] = [];
  /** For each template being read, how many braces were open where it began. */
  const templates: number[] = [];
  let braces = 0;
  let code = '';
  let at = 0;

  const taken = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  const string = (value: string) => `'${strings.push(value) - 1}'`;
  const templatePart = (isFirst: boolean) => {
    at += 1;
    const [, value = '', end] = taken(TEMPLATE_PART) ?? [];
    if (isFirst && end === '`') code += string(value);
    else code += end === '`' ? ')' : isFirst ? '(' : '+';
    if (isFirst && end === '${') templates.push(braces);
    if (!isFirst && end !== '${') templates.pop();
  };

  while (at < text.length) {
    const next = text[at];
    const quoted = next === "'" || next === '"' ? taken(STRING) : null;
    if (quoted) code += string(quoted[1] ?? quoted[2] ?? '');
    else if (next === '/' && taken(COMMENT)) code += ' ';
    else if (next === '/' && BEFORE_REGEX.test(code.slice(-20)) && taken(REGEX)) code += '0';
    else if (next === '`') templatePart(true);
    else if (next === '}' && templates.at(-1) === braces) templatePart(false);
    else {
      if (next === '{') braces += 1;
      if (next === '}') braces -= 1;
      code += next;
      at += 1;
    }
  }
  return { code, strings };
}

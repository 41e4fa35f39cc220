import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: node scripts/docs-paths.mjs
Checks the documentation: every file that it names or links to is there, and so is what its examples import.`);

const inDocs = readdirSync('docs').map((name) => join('docs', name));
const pages = [...readdirSync('.'), ...inDocs].filter((name) => name.endsWith('.md'));
const problems = pages.flatMap((page) => {
  const text = readFileSync(page, 'utf8');
  const paths = [...namedPaths(text), ...links(text, page), ...exampleImports(text)];
  return [...new Set(paths)]
    .filter((path) => !existsSync(path))
    .map((path) => `${page} names ${path}, which is not there.`);
});
console.log(problems.join('\n') || `${pages.length} pages.`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The paths of files and folders of ours, up to the first placeholder such as `<name>`. */
function namedPaths(text) {
  const withoutExamples = text.replaceAll(/^```ts\n.*?^```$/gms, '');
  const paths = withoutExamples.match(/(?<![\w./-])(src|tests|scripts|bench)\/[\w./-]*/g) ?? [];
  return paths.map((path) => path.replace(/[.-]+$/, ''));
}

/** What the page links to, as paths from the project's folder. */
function links(text, page) {
  const targets = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, target]) => target);
  const local = targets.filter((target) => !/^[a-z]+:/.test(target));
  return local.map((target) => join(dirname(page), target));
}

/** What TypeScript examples import, if their first line says in which file they would be. */
function exampleImports(text) {
  return [...text.matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms)].flatMap(([, path, code]) =>
    [...code.matchAll(/from '(\.[^']+)'/g)].map(([, target]) => join(dirname(path), target)),
  );
}

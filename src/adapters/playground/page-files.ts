import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

// The same three steps up from src/ and from dist/.
const root = new URL('../../../', import.meta.url);
const publicFolder = fileURLToPath(new URL('public/', root));
const pageFolder = fileURLToPath(new URL('dist/adapters/playground/page/', root));

/** The libraries that the page's import map names, and the files they are. */
const libraries: readonly [path: string, module: string, file: string][] = [
  ['/lib/preact.js', 'preact', 'preact.mjs'],
  ['/lib/hooks.js', 'preact/hooks', 'hooks.mjs'],
  ['/lib/htm.js', 'htm', 'htm.module.js'],
];

/** The page and what it is made of. */
export function pageFiles(): Router {
  const router = Router();
  const require = createRequire(import.meta.url);
  for (const [path, module, file] of libraries) {
    const folder = dirname(require.resolve(module));
    router.get(path, (_request, response) => {
      response.type('text/javascript').sendFile(file, { root: folder, cacheControl: false });
    });
  }
  router.use('/page', express.static(pageFolder, { index: false, cacheControl: false }));
  router.use(express.static(publicFolder, { cacheControl: false }));
  return router;
}

/** The hash by which the policy lets the import map run: the one script that has to stand in the page. */
export function importMapHash(): string {
  const html = readFileSync(new URL('index.html', new URL('public/', root)), 'utf8');
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  return `sha256-${createHash('sha256').update(map).digest('base64')}`;
}

import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from './architecture/rules.ts';
import { readSources, scan, sourceOf } from './architecture/source.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['src', 'tests', 'scripts', 'bench'];
const house = folders.flatMap((folder) => readSources(root, folder));

describe('the house', () => {
  it('is read', () => {
    const paths = house.map((file) => file.path);
    expect(paths).toContain('src/core/command.ts');
    expect(paths).toContain('tests/architecture.test.ts');
    expect(house.flatMap((file) => file.imports).length).toBeGreaterThan(50);
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    expect(rule.breaches(house).join('\n')).toBe('');
  });
});

it('src runs on the dependencies alone, as in the image', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packages = house
    .filter((file) => file.path.startsWith('src/'))
    .flatMap((file) => file.imports)
    .filter(({ to, typeOnly }) => !typeOnly && !to.startsWith('src/') && !isBuiltin(to))
    .map(({ to }) => to.match(/^(@[^/]+\/)?[^/]+/)?.[0]);
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining([...new Set(packages)]));
});

/** For each rule: files that break it, and for each breach the words it must be told with. */
const broken: Record<string, { files: Record<string, string>; told: string[] }> = {
  'imports run adapters -> core <- jobs, and only main.ts and ops join the sides': {
    files: {
      'src/core/a.ts': "import { b } from '../adapters/web/b.ts';",
      'src/core/features/partners/c.ts': "import type { Config } from '../../../config.ts';",
      'src/jobs/d.ts': "export * from '../adapters/web/b.ts';",
      'src/adapters/web/e.ts': "import '../mongo/b.ts';",
      'src/adapters/mongo/f.ts': "await import('../../jobs/b.ts');",
      'src/adapters/mongo/g.ts': "import { main } from '../../main.ts';",
      'src/config.ts': "import { h } from './jobs/h.ts';",
      'src/jobs/i.ts': "import '../ops/doctor.ts';",
      'src/ops/j.ts': "import '../main.ts';",
      'src/ops/fine.ts':
        "import '../adapters/web/e.ts'; import '../jobs/d.ts'; import '../config.ts';",
      'src/main.ts': "import './core/a.ts'; import './jobs/d.ts'; import './adapters/web/e.ts';",
      'src/jobs/fine.ts': "import './other.ts'; import '../core/a.ts'; import luxon from 'luxon';",
    },
    told: [
      ...['core/a', 'partners/c', 'jobs/d', 'web/e', 'mongo/f', 'mongo/g', 'config'],
      ...['jobs/i', 'ops/j'],
    ],
  },
  'core knows no platform, no database, no server and no machine': {
    files: Object.fromEntries(
      [
        ...['mongoose', 'mongodb', 'bson', 'express', 'bullmq', 'ioredis', 'discord.js', 'pino'],
        ...[
          '@slack/bolt',
          'fs',
          'node:fs',
          'node:fs/promises',
          'net',
          'http',
          'node:child_process',
        ],
      ].map((name, index) => [`src/core/a${index}.ts`, `import type { x } from '${name}';`]),
    ),
    told: Array.from({ length: 15 }, (_, index) => `core/a${index}.ts`),
  },
  'core does not read the environment': {
    files: {
      'src/core/a.ts': 'const port = process.env.PORT;',
      'src/core/b.ts': "const port = process['env'].PORT;",
      'src/core/fine.ts': "// process.env\nconst process = 'process.env';",
      'src/config.ts': 'process.env;',
    },
    told: ['core/a', 'core/b'],
  },
  'mongoose lives only in src/adapters/mongo': {
    files: {
      'src/adapters/embedded/a.ts': "import mongoose from 'mongoose';",
      'src/main.ts': "import { MongoClient } from 'mongodb';",
      'src/adapters/mongo/fine.ts': "import mongoose from 'mongoose';",
      'src/adapters/embedded/fine.ts': "import 'bson';",
    },
    told: ['embedded/a', 'main'],
  },
  'time comes from the Clock': {
    files: {
      'src/core/a.ts': 'const now = Date.now();',
      'src/core/b.ts': 'const now = new Date();',
      'src/jobs/c.ts': 'const now = new Date;',
      'src/jobs/d.ts': 'const now = DateTime.now();',
      'src/jobs/e.ts': 'machine: () => number = Date.now,',
      'src/core/clock.ts': 'new Date();',
      'src/core/fine.ts': 'new Date(at); new Date( 2026, 1); DateTime.utc(2026); // new Date()',
      'src/adapters/web/fine.ts': 'new Date();',
    },
    told: ['core/a', 'core/b', 'jobs/c', 'jobs/d', 'jobs/e'],
  },
  'there is no import cycle': {
    files: {
      'src/core/a.ts': "import { b } from './b.ts';",
      'src/core/b.ts': "export { c } from './c.ts';",
      'src/core/c.ts': "import './a.ts';",
      'src/core/d.ts': "import type { E } from './e.ts';",
      'src/core/e.ts': "import { d } from './d.ts';",
      'src/core/fine.ts': "import type { E } from './e.ts';",
    },
    told: [
      'src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts',
      'src/core/d.ts -> src/core/e.ts -> src/core/d.ts',
    ],
  },
  'no file is longer than 300 lines': {
    files: { 'src/a.ts': 'a;\n'.repeat(301), 'src/fine.ts': 'a;\n'.repeat(300) },
    told: ['src/a.ts has 301 lines'],
  },
  'names are kebab-case and say what is inside': {
    files: {
      'src/core/utils.ts': '',
      'src/helpers/a.ts': '',
      'tests/Common.test.ts': '',
      'src/core/twoWords.ts': '',
      'src/core/two_words.ts': '',
      'src/core/two-words.test.ts': '',
      'src/wire.d.ts': '',
    },
    told: ['utils', 'helpers', 'Common', 'twoWords', 'two_words'],
  },
  'slack/ and discord/ are twins': {
    files: Object.fromEntries(
      ['slack/adapter', 'slack/receive', 'slack/render', 'slack/limits', 'slack/install']
        .concat('slack/home/view')
        .concat('discord/adapter', 'discord/receive', 'discord/render', 'discord/limits')
        .map((path) => [`src/adapters/${path}.ts`, '']),
    ),
    told: ['discord/install.ts is missing'],
  },
};

describe('each rule can be broken', () => {
  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
    const { files, told } = broken[name] ?? { files: {}, told: ['an example'] };
    const sources = Object.entries(files).map(([path, text]) => sourceOf(path, text));
    expect(rule.breaches(sources)).toEqual(told.map((words) => expect.stringContaining(words)));
  });
});

describe('imports are found', () => {
  const found = (text: string) => sourceOf('src/core/x.ts', text).imports;
  const runs = (to: string) => ({ to, typeOnly: false });
  const type = (to: string) => ({ to, typeOnly: true });

  it.each([
    ["import a from 'a';", runs('a')],
    ['import a, { b as c } from "a";', runs('a')],
    ["import * as a from '@a/b';", runs('@a/b')],
    ["import {\n  a,\n  type B,\n} from './a.ts';", runs('src/core/a.ts')],
    ["import 'node:fs';", runs('node:fs')],
    ["export * from '../a.js';", runs('src/a.ts')],
    ["export { a } from './features/a.ts';", runs('src/core/features/a.ts')],
    ["const a = await import('a');", runs('a')],
    ['const a = await import(`a`);', runs('a')],
    ["import a = require('a');", runs('a')],
    ["import type { A } from 'a';", type('a')],
    ["export type * from 'a';", type('a')],
    ["import type from 'a';", runs('a')],
    ["export class A {}\nimport type { B } from 'a';", type('a')],
    ["const url = 'http://a'; import 'b'; // import 'c'", runs('b')],
    ["const quote = /['\"`/]/; import 'b';", runs('b')],
    ["const half = a / 2; const b = 'c/'; import 'b';", runs('b')],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a template in the text that is read.
    ["const text = `a ${b ? `'${c}` : '}'} // d`; import 'b';", runs('b')],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: so is this.
    ["const text = `\\`${{ a: { b: 1 } }.a.b}\n'`; import 'b';", runs('b')],
  ])('in %s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    ["// import 'a';"],
    ["/* import a\n from 'a'; */"],
    ['const text = "import a from \'a\';";'],
    ["const text = `\nimport a from 'a';\n`;"],
    ['const important = { from: "a" };'],
    ["Array.from('a');"],
  ])('and none in %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('strings are out of the way of code', () => {
    expect(scan("a('x // y', `z`); // b").code.trim()).toBe("a('0', '1');");
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A repository of its own with these files, and the project's packages. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'convenor-architecture-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['add', 'src'], { cwd: folder });
  return folder;
}

function checkArchitecture(folder: string) {
  const script = join(project, 'scripts/architecture.mjs');
  const { stdout, status } = spawnSync(process.execPath, [script], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { stdout, status };
}

const importing = (path: string) => `import { value } from '${path}';\nexport const use = value;\n`;
const VALUE = 'export const value = 1;\n';

describe('an import that breaks a rule of the layers is named, with what to do', () => {
  const lost = 'src/core/base/lost.ts';
  let stdout = '';
  let status: number | null;

  beforeAll(() => {
    const folder = repository({
      [lost]: VALUE,
      'src/core/domain/row.ts': VALUE,
      'src/core/base/upward.ts': importing('../domain/row.ts'),
      'src/core/features/partners/card.ts': VALUE,
      'src/core/features/members/sibling.ts': importing('../partners/card.ts'),
      'src/adapters/discord/send.ts': VALUE,
      'src/adapters/slack/sibling.ts': importing('../discord/send.ts'),
      'src/core/domain/one/begins.ts': importing('../two/ends.ts'),
      'src/core/domain/two/ends.ts': VALUE,
      'src/core/domain/two/begins.ts': importing('../one/ends.ts'),
      'src/core/domain/one/ends.ts': VALUE,
      'src/core/base/file.ts':
        "import { readFileSync } from 'node:fs';\nexport const use = readFileSync;\n",
      'src/elsewhere/file.ts': VALUE,
    });
    // Git still lists it, but there is nothing to read.
    rmSync(join(folder, lost));
    ({ stdout, status } = checkArchitecture(folder));
  });

  it.each([
    [
      'an upward import',
      'src/core/base/upward.ts -> src/core/domain/row.ts',
      'Move what both need down',
    ],
    [
      'a feature that imports another',
      'src/core/features/members/sibling.ts -> src/core/features/partners/card.ts',
      'belong into core/domain',
    ],
    [
      'an adapter that imports another',
      'src/adapters/slack/sibling.ts -> src/adapters/discord/send.ts',
      'belongs into adapters/shared',
    ],
    [
      'a circle of folders',
      'src/core/domain/one -> src/core/domain/two -> src/core/domain/one',
      'Two folders that need each other are one folder',
    ],
    ['core that reads files', 'src/core/base/file.ts -> fs', 'Declare what core needs as a port'],
    ['a file outside every layer', 'src/elsewhere/file.ts', 'Move it into one of the folders'],
  ])('%s', (_, breach, remedy) => {
    const lines = stdout.split('\n');
    expect(lines).toContain(breach);
    expect(lines[lines.indexOf(breach) + 1]).toContain(remedy);
  });

  it('a tracked file that was not read', () => {
    expect(stdout).toContain(`Not read, so nothing is known of them: ${lost}`);
  });

  it('nothing else, and the check fails', () => {
    // The circle of folders is found from both sides.
    expect(stdout).toContain(' 7 breaches.');
    expect(status).toBe(1);
  });
});

it('without a breach the check passes', () => {
  const folder = repository({
    'src/core/base/value.ts': VALUE,
    'src/core/domain/row.ts': importing('../base/value.ts'),
  });
  const { stdout, status } = checkArchitecture(folder);
  expect(stdout.trim()).toBe('2 files, 1 imports, 0 breaches.');
  expect(status).toBe(0);
});

it("core may not read the machine's time", () => {
  const timed = 'export const times = [Date.now(), new Date(), new Date(0)];\n';
  const file = 'src/core/base/time.ts';
  const folder = repository({ [file]: timed, 'src/process/time.ts': timed });
  for (const name of ['biome.json', '.gitignore', 'scripts/machine-time.grit'])
    cpSync(join(project, name), join(folder, name));
  const biome = join(project, 'node_modules/.bin/biome');
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', 'src'], options);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  const found = diagnostics.map(({ message, location: { path, start, end } }) => ({
    message,
    path,
    text: timed.slice(start.column - 1, end.column - 1),
  }));
  const message = expect.stringContaining('take it from the Clock');
  expect(found).toEqual([
    { message, path: file, text: 'Date.now' },
    { message, path: file, text: 'new Date()' },
  ]);
});

/** What Biome reports, as far as we look at it. */
interface Diagnostic {
  message: string;
  location: { path: string; start: { column: number }; end: { column: number } };
}

it('only these files write rows of several partnerships, or several rows together', () => {
  const files = execFileSync(
    'git',
    ['ls-files', 'src/core', 'src/jobs', 'src/adapters', 'src/process', 'src/ops'],
    {
      cwd: project,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((file) => file.endsWith('.ts') && !/^src\/adapters\/(mongo|sqlite)\//.test(file));
  const callers = files.filter((file) =>
    /\bstores\s*\.(insertAll|saveAll|commit)\(/.test(readFileSync(join(project, file), 'utf8')),
  );
  expect(callers).toEqual([
    'src/core/domain/unit-of-work/unit-of-work.ts',
    'src/core/features/setup/create-partnership.ts',
    // It passes on what the others write, with the rows that follow from it.
    'src/core/ports/derived-rows.ts',
    'src/jobs/claim.ts',
    'src/jobs/retention/old-members.ts',
  ]);
});

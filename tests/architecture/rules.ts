import { posix } from 'node:path';
import { cyclesIn } from './cycles.ts';
import type { Source } from './source.ts';

/** A rule of the house. Each breach is a line that names the file and says what to do instead. */
export interface Rule {
  name: string;
  breaches(house: readonly Source[]): readonly string[];
}

/** A rule that looks at one file of `src` at a time. */
function eachFile(name: string, breaches: (file: Source) => readonly string[]): Rule {
  return { name, breaches: (house) => house.filter(isSrc).flatMap(breaches) };
}

const isSrc = (file: Source) => file.path.startsWith('src/');

/** Where a file stands: `core`, `jobs`, `config`, `adapters/web`, or the name of a file at the root of `src`. */
function sideOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'config.ts') return 'config';
  return first === 'adapters' ? `${first}/${second}` : first;
}

/** What joins the sides: the program itself, and what sets it up, examines it and backs it up. Nobody imports them. */
const JOINING = ['main.ts', 'ops'];

/** Whether the code of one side may import another's. */
function mayImport(from: string, to: string): boolean {
  if (from === to || to === 'core') return true;
  if (JOINING.includes(from)) return !JOINING.includes(to);
  return to === 'config' && (from === 'jobs' || from.startsWith('adapters/'));
}

const OUTSIDE_CORE = [
  /^(mongoose|mongodb|bson|express|bullmq|ioredis|discord\.js|pino)(\/|$)/,
  /^@(slack|discordjs)\//,
  /^(node:)?(fs|net|tls|dgram|dns|https?|http2|child_process|cluster|worker_threads|process)(\/|$)/,
];

/** What reads the machine's clock behind the back of the injected one. */
const MACHINE_TIME = [
  /\bDate\s*\.\s*now\b/,
  /\bnew\s+Date\b(?!\s*\(\s*[^\s)])/,
  /\bDateTime\s*\.\s*(?:now|local|utc)\s*\(\s*\)/,
  /\bperformance\s*\.\s*now\b/,
];

const VAGUE = /^(utils?|helpers?|common|misc)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MOST_LINES = 300;
const TWINS = ['slack', 'discord'].map((name) => `src/adapters/${name}`);

export const rules: readonly Rule[] = [
  eachFile(
    'imports run adapters -> core <- jobs, and only main.ts and ops join the sides',
    (file) =>
      file.imports
        .filter(({ to }) => to.startsWith('src/') && !mayImport(sideOf(file.path), sideOf(to)))
        .map(
          ({ to }) =>
            `${file.path} imports ${to}: ${sideOf(file.path)} may not know ${sideOf(to)}. Put what they share behind a port in src/core, and join them in src/main.ts.`,
        ),
  ),
  eachFile('core knows no platform, no database, no server and no machine', (file) =>
    sideOf(file.path) !== 'core'
      ? []
      : file.imports
          .filter(({ to }) => OUTSIDE_CORE.some((pattern) => pattern.test(to)))
          .map(
            ({ to }) =>
              `${file.path} imports ${to}: declare what core needs as a port in src/core/ports.ts, and do it in an adapter.`,
          ),
  ),
  eachFile('core does not read the environment', (file) =>
    sideOf(file.path) === 'core' && /\bprocess\s*(\??\.|\[)/.test(file.code)
      ? [`${file.path} uses process: read it in src/config.ts and pass the value in.`]
      : [],
  ),
  eachFile('mongoose lives only in src/adapters/mongo', (file) =>
    sideOf(file.path) === 'adapters/mongo'
      ? []
      : file.imports
          .filter(({ to }) => /^(mongoose|mongodb)(\/|$)/.test(to))
          .map(({ to }) => `${file.path} imports ${to}: use the store port, src/core/store.ts.`),
  ),
  eachFile('time comes from the Clock', (file) =>
    ['core', 'jobs'].includes(sideOf(file.path)) &&
    posix.basename(file.path) !== 'clock.ts' &&
    MACHINE_TIME.some((pattern) => pattern.test(file.code))
      ? [`${file.path} reads the machine's time: take it from the Clock (src/core/clock.ts).`]
      : [],
  ),
  {
    name: 'there is no import cycle',
    breaches: (house) =>
      cyclesIn(house).map(
        (cycle) => `${cycle.join(' -> ')} is a cycle: move what they share into a file of its own.`,
      ),
  },
  eachFile(`no file is longer than ${MOST_LINES} lines`, (file) =>
    file.lines > MOST_LINES
      ? [`${file.path} has ${file.lines} lines: give each of its parts a file named for it.`]
      : [],
  ),
  {
    name: 'names are kebab-case and say what is inside',
    breaches: (house) => house.flatMap(badNames),
  },
  {
    name: 'slack/ and discord/ are twins',
    breaches: (house) => {
      const paths = new Set(house.map((file) => file.path));
      const names = new Set(
        TWINS.flatMap((twin) =>
          [...paths].flatMap((path) =>
            posix.dirname(path) === twin ? [posix.basename(path)] : [],
          ),
        ),
      );
      return TWINS.flatMap((twin) =>
        [...names]
          .filter((name) => !paths.has(`${twin}/${name}`))
          .map(
            (name) =>
              `${twin}/${name} is missing: both platforms keep the same things in files of the same name; what only one of them has stands in a folder of its own.`,
          ),
      );
    },
  },
];

/** What a platform has published keeps its name. */
const PUBLISHED = /^tests\/doubles\/\w+\/contracts\//;

function badNames({ path }: Source): readonly string[] {
  if (PUBLISHED.test(path)) return [];
  return path.split('/').flatMap((part) => {
    const name = part.split('.')[0] ?? '';
    if (VAGUE.test(name))
      return [`${path}: "${name}" says nothing; name it for the noun or verb inside.`];
    return KEBAB.test(name) ? [] : [`${path}: write "${name}" in lower case, with hyphens.`];
  });
}

// How the time for one line grows with its length, and for a name with the number of partners: an attacker, or a pasted
// page, must not stop the bot. A cost that grows with the square would make it 16 times for 4 times the input.
import { markdownParts } from '../dist/adapters/discord/render/text.js';
import { mrkdwn } from '../dist/adapters/slack/render/text.js';
import { allCommands } from '../dist/core/bot/commands.js';
import { createDirectory } from '../dist/core/domain/directory/directory.js';
import { matchStart } from '../dist/core/names/match.js';
import { completeLine } from '../dist/core/parsing/complete-line.js';
import { parseLine } from '../dist/core/parsing/parse-line.js';
import { resolveArgs } from '../dist/core/parsing/resolve.js';
import { promise } from './statistics.mjs';

const GROWTH = 4;
const MAX_RATIO = 8;
const ROUNDS = 15;
/** A shorter time is too inexact to show growth. */
const TOO_SHORT_MS = 1;

const MARKS = [
  ...[
    ':',
    '*',
    '\n',
    ' \n',
    '\r',
    '@',
    '<@',
    '>',
    '1',
    '<@9|',
    '<@U9|',
    ':a',
    '[',
    '\\',
    '\u2028',
    ' ',
  ],
];
const LINES = [
  ...['x', 'word ', 'with ', 'noreply ', '" ', '„ ', '“ ', 'by:x ', 'a:', ':', ' ', '-', '\\'],
  ...["'a ", 'by:friday 14 dec ', ',', '1', 'e\u0301', '👩‍👩‍👧'],
];

const reader = {
  zone: 'Europe/London',
  now: new Date('2026-11-18T10:00:00Z'),
  userOf: () => undefined,
  nameOf: () => undefined,
};

export async function benchLongLines() {
  const commands = allCommands();
  const directory = createDirectory([], []);
  const longest = (part) => (length) => part.repeat(Math.ceil(length / part.length));
  const shown = {
    Slack: (text) => mrkdwn([{ text }], reader),
    Discord: (text) => markdownParts([{ text }], reader, Number.POSITIVE_INFINITY),
  };
  for (const [platform, show] of Object.entries(shown))
    worst(`a text of marks shown in ${platform}`, MARKS.map(longest), 2_500, show);
  const log = commands.get('log');
  const context = {
    directory,
    now: reader.now,
    zone: reader.zone,
    member: { id: 'maya', name: 'Maya', role: 'member', identities: [], active: true },
    place: { platform: 'test', workspace: 'W', channel: 'C', direct: true },
    id: (label) => label,
    key: 'key',
  };
  const readers = {
    'a line parsed': (line) => parseLine(`log ${line}`, commands),
    'a line completed': (line) => completeLine(`log ${line}`, commands, directory),
    'a line read as args': (words) => resolved({ words }),
    'an arg read': (line) => resolved({ with: line, by: line, who: line, how: line, when: line }),
  };
  for (const [what, read] of Object.entries(readers)) worst(what, LINES.map(longest), 2_500, read);

  /** If something cannot be resolved, the answer is a question to the user. */
  function resolved(raw) {
    try {
      resolveArgs(log, raw, context);
    } catch (error) {
      if (error instanceof TypeError) throw error;
    }
  }
  worst('a name found', [partnersOf], 1_000, (partners) =>
    matchStart('word12 word5 quay and what was said', partners),
  );
}

/** Prints the worst growth among some inputs. */
function worst(what, inputs, size, run) {
  const ratios = inputs.map((input) => {
    const [small, large] = [input(size), input(GROWTH * size)].map((given) =>
      fastest(() => run(given)),
    );
    return large / Math.max(small, TOO_SHORT_MS);
  });
  promise(`${what}, ${GROWTH} times as long`, Math.max(...ratios), MAX_RATIO, '(time to time)');
}

/** The shortest of several times (ms): other work of the machine only makes a time longer. */
function fastest(run) {
  const samples = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...samples);
}

function partnersOf(count) {
  const word = (seed) => `word${(seed * 7919) % 97}`;
  return Array.from({ length: count }, (_, id) => ({
    id: `${id}`,
    name: `${word(id)} ${word(id + 3)} ${id.toString(36)}quay ${word(id + 5)}`,
    aliases: [`${id.toString(36)}alias`],
  }));
}

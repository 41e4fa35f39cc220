// How long it takes to tell which partner a line is about, where there are many: people wait for it.
import { matchStart } from '../dist/core/names/match.js';
import { promise } from './statistics.mjs';

const PARTNERS = 10_000;
const MAX_LINE_MS = 20;
const ROUNDS = 5;

const STARTS =
  'ash bar ken wal thor mer sto hal fen lin rose wen had pick os cot har bur sel mal'.split(' ');
const MIDDLES = ['', 'ing', 'er', 'en', 'le', 'ber', 'man', 'wer', 'ster', 'del'];
const ENDS = 'ton by ham wick ley ford thorpe field worth dale'.split(' ');
const PLACES = STARTS.flatMap((start) =>
  MIDDLES.flatMap((middle) => ENDS.map((end) => `${start}${middle}${end}`)),
);
const KINDS = [
  ...['Town Council', 'Community Association', 'Housing Association Limited', 'Scout Group'],
  ...['and District Citizens Advice Bureau', 'High School', 'Youth Club', 'Residents Group'],
];
const NOTES = [
  'rang about the hall and what was said at the fair',
  'met Jane',
  'new manager, who wants to know about the community garden and the young people',
];

export function benchNames() {
  const names = Array.from({ length: PARTNERS }, (_, at) => {
    const name = `${PLACES[(at * 7) % PLACES.length]} ${KINDS[(at * 3 + (at >> 11)) % KINDS.length]}`;
    return at % 3 === 0 ? `${at}th ${name}` : name;
  });
  const partners = names.map((name, at) => ({ id: `${at}`, name, aliases: [] }));
  const lines = names
    .filter((_, at) => at % 40 === 0)
    .flatMap((name, at) => [name, name.replace(/\w+$/, 'Library'), PLACES[at % PLACES.length]])
    .map((name, at) => `${at % 2 === 0 ? name : name.toLowerCase()} ${NOTES[at % NOTES.length]}`);
  matchStart('the first line prepares the names', partners);
  const times = lines.map((line) => fastest(() => matchStart(line, partners)));
  promise(
    `a partner found among ${PARTNERS}`,
    Math.max(...times),
    MAX_LINE_MS,
    'ms (slowest line)',
  );
}

/** The shortest of several times (ms): other work of the machine only makes a time longer. */
function fastest(run) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

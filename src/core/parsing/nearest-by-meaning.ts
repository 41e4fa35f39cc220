import type { Command } from '../command/command.ts';
import { declaredPhrases } from './phrases.ts';

/** Words that say little about which command is meant. */
const COMMON = new Set(
  'a an and the to of in on at for with by is are am was be been do does did i we you me my our us it that this what how can could please have has had not or from about all some any want would like need who when why where which there so if up out here they them their your will no yes go get got im ive'.split(
    ' ',
  ),
);
const COMMON_WEIGHT = 0.3;

/** How alike a line and a phrase have to be, from 0 to 1. */
const MIN_LIKENESS = 0.5;

/**
 * The command one of whose whole-line phrases says nearly what a line says, by the words that they share.
 * @returns undefined if none is near enough.
 */
export function nearestByMeaning(line: string, commands: readonly Command[]): Command | undefined {
  const typed = wordsOf(line);
  let best: Command | undefined;
  let bestLikeness = MIN_LIKENESS;
  for (const command of commands) {
    const phrases = declaredPhrases(command).filter(({ says }) => !says.endsWith('…'));
    for (const says of [command.name, ...phrases.map(({ says }) => says)]) {
      const like = likeness(typed, wordsOf(says));
      if (like > bestLikeness) [best, bestLikeness] = [command, like];
    }
  }
  return best;
}

/** How much of their words two texts share. They have to share a telling word. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word));
  if (!shared.some((word) => !COMMON.has(word))) return 0;
  return (2 * weightOf(shared)) / (weightOf(one) + weightOf(other));
}

function weightOf(words: Iterable<string>): number {
  let weight = 0;
  for (const word of words) weight += COMMON.has(word) ? COMMON_WEIGHT : 1;
  return weight;
}

/** The words of a text, without their endings: "reminders", "reminding" and "remind" are one. */
function wordsOf(text: string): Set<string> {
  const words = text
    .toLowerCase()
    .replace(/n['’]?t\b/g, ' not')
    .replace(/['’](?:s|m|ve|re|ll|d)\b/g, ' ')
    .match(/[a-z]+/g);
  return new Set(
    (words ?? []).map((word) => word.replace(/(?<=[a-z]{3})(?:ing|ers?|ed|es|s)$/, '')),
  );
}

import type { EveryRule } from './partnership.ts';

/** The longest name of a partnership, in characters. */
export const MAX_PARTNERSHIP_NAME_LENGTH = 80;

/** The partners that a rule is for; null matches any. */
export type RuleScope = Pick<EveryRule, 'kind' | 'level'>;

/** The rules with one set, or removed if `every` is null. There is at most one for each kind and level. */
export function withEveryRule(
  rules: readonly EveryRule[],
  { kind, level }: RuleScope,
  every: string | null,
): EveryRule[] {
  const others = rules.filter((rule) => rule.kind !== kind || rule.level !== level);
  return every === null ? others : [...others, { kind, level, every }];
}

/** The partners that a rule is for, in words: `grant funding, national`. */
export function ruleScopeText({ kind, level }: RuleScope): string {
  return [kind, level].filter((part) => part !== null).join(', ');
}

const calendarNames = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
} as const;

/** The calendars of bank holidays to choose from. */
export const calendars = ['england-and-wales', 'scotland', 'northern-ireland'] as const;

/** A calendar in words. */
export function calendarText(calendar: string): string {
  return (calendarNames as { readonly [name: string]: string })[calendar] ?? calendar;
}

import type { EveryRule } from './partnership.ts';

/** The longest name of a partnership, in characters. */
export const LONGEST_NAME = 80;

/** What a rule is for; null matches any. */
export type RuleScope = Pick<EveryRule, 'kind' | 'level'>;

/** The rules with one set, or taken away (`every` null): there is at most one for each kind and level. */
export function withRule(
  rules: readonly EveryRule[],
  { kind, level }: RuleScope,
  every: string | null,
): EveryRule[] {
  const others = rules.filter((rule) => rule.kind !== kind || rule.level !== level);
  return every === null ? others : [...others, { kind, level, every }];
}

/** What a rule is for, in words: `grant funding, national`. */
export function scopeText({ kind, level }: RuleScope): string {
  return [kind, level].filter((part) => part !== null).join(', ');
}

const calendarNames = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
} as const;

/** Whose bank holidays may count, as the settings name them. */
export const calendars = ['england-and-wales', 'scotland', 'northern-ireland'] as const;

/** A calendar as people read it. */
export function calendarText(calendar: string): string {
  return (calendarNames as { readonly [name: string]: string })[calendar] ?? calendar;
}

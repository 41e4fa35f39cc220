import type { Day } from '../../dates/day.ts';
import {
  type Kind,
  kinds,
  type Level,
  levels,
  type Partner,
} from '../../domain/partners/partner.ts';
import { isQuiet } from '../../domain/partners/rules.ts';
import type { EveryRule } from '../../domain/partnerships/partnership.ts';
import { nameKey } from '../../names/name-words.ts';

/** A group of partners: of a sector or of a kind, at one level or at all. */
export interface PartnerGroup {
  sector: string | null;
  kind: Kind | null;
  level: Level | null;
}

/** A group with all its partners quiet, or all with one lead. */
export interface CountedGroup extends PartnerGroup {
  count: number;
  /** Member id; null: several leads, or none. */
  lead: string | null;
}

export interface Gaps {
  /** Groups without a partner, though others of their sector or kind and others of their level are here. */
  nobody: PartnerGroup[];
  allQuiet: CountedGroup[];
  oneLead: CountedGroup[];
  /** How many partners have a sector, a kind or a level. */
  sorted: number;
}

/** A smaller group with one lead is no cause for concern. */
const MIN_PARTNERS_OF_ONE_LEAD = 3;
/** How many partners a group without any would have, if levels were spread evenly over sectors and kinds. */
const MIN_EXPECTED = 1;

/** The figures of one group. */
interface Figures extends PartnerGroup {
  count: number;
  quiet: number;
  /** The lead of all; null: there is none, or another one. */
  lead: string | null;
}

/** Partners that are alike in all that decides their groups, with how many there are. */
interface AlikePartners {
  partner: Pick<Partner, 'sector' | 'kinds' | 'level' | 'lead'>;
  isQuiet: boolean;
  count: number;
}

/** Collects the figures of all groups while the partners are read. */
export function gapFinder(today: Day): {
  add(partner: Partner): void;
  find(rules: readonly EveryRule[]): Gaps;
} {
  // Many partners are alike: their groups are named once for all of them.
  const alike = new Map<string, AlikePartners>();
  const groups = new Map<string, Figures>();
  let total = 0;
  let sorted = 0;

  function count(group: PartnerGroup, { partner, isQuiet, count }: AlikePartners): void {
    const key = keyOf(group);
    const known = groups.get(key);
    const quiet = isQuiet ? count : 0;
    if (!known) {
      groups.set(key, { ...group, count, quiet, lead: partner.lead });
      return;
    }
    known.count += count;
    known.quiet += quiet;
    if (known.lead !== partner.lead) known.lead = null;
  }

  function countGroups(same: AlikePartners): void {
    const { sector, level, kinds } = same.partner;
    total += same.count;
    if (sector !== null || level !== null || kinds.length > 0) sorted += same.count;
    const none = { sector: null, kind: null };
    const tops = [
      ...(sector === null ? [] : [{ ...none, sector }]),
      ...kinds.map((kind) => ({ ...none, kind })),
    ];
    for (const top of tops) count({ ...top, level: null }, same);
    if (level === null) return;
    for (const top of [none, ...tops]) count({ ...top, level }, same);
  }

  return {
    add(partner) {
      const { sector, level, kinds, lead, stage } = partner;
      if (stage === 'ended') return;
      const quiet = isQuiet(partner, today);
      const key = [sector, level, lead, quiet, ...kinds].join('\n');
      const known = alike.get(key);
      if (known) known.count++;
      else alike.set(key, { partner: { sector, level, kinds, lead }, isQuiet: quiet, count: 1 });
    },
    find(rules) {
      for (const same of alike.values()) countGroups(same);
      const all = [...groups.values()];
      const isWhole = ({ level }: PartnerGroup) => level === null;
      const byCount = (one: Figures, other: Figures) => other.count - one.count;
      const figures = [...all.filter(isWhole), ...all.filter((one) => !isWhole(one))];
      const wide = (fits: (one: Figures) => boolean) =>
        withoutParts(figures.filter(fits)).toSorted(byCount);
      return {
        nobody: emptyGroups(all, total, rules),
        allQuiet: wide((one) => one.quiet === one.count),
        oneLead: wide((one) => one.lead !== null && one.count >= MIN_PARTNERS_OF_ONE_LEAD),
        sorted,
      };
    },
  };
}

const keyOf = ({ sector, kind, level }: PartnerGroup): string =>
  JSON.stringify([sector === null ? null : nameKey(sector), kind, level]);

/** Without the groups that are a part of one that comes before them. */
function withoutParts(found: readonly Figures[]): Figures[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const isPart =
      one.level !== null &&
      (seen.has(keyOf({ ...one, level: null })) ||
        seen.has(keyOf({ sector: null, kind: null, level: one.level })));
    seen.add(keyOf(one));
    return !isPart;
  });
}

/**
 * Groups that nobody is in: first those that the settings name, then those of which one would expect somebody, by how
 * many partners there are of the sector or kind and of the level.
 */
function emptyGroups(
  all: readonly Figures[],
  total: number,
  rules: readonly EveryRule[],
): PartnerGroup[] {
  const present = new Set(all.map(keyOf));
  const isEmpty = (group: PartnerGroup) => !present.has(keyOf(group));
  const named = rules.flatMap((rule): PartnerGroup[] => {
    const kind = kinds.find((one) => one === rule.kind) ?? null;
    const level = levels.find((one) => one === rule.level) ?? null;
    return kind || level ? [{ sector: null, kind, level }] : [];
  });
  const tops = all.filter(({ level }) => level === null);
  const ofLevel = all.filter(({ sector, kind }) => sector === null && kind === null);
  const expected = tops
    .flatMap((top) =>
      ofLevel.map((one) => ({
        group: { sector: top.sector, kind: top.kind, level: one.level },
        size: (top.count * one.count) / total,
      })),
    )
    .filter(({ size, group }) => size >= MIN_EXPECTED && isEmpty(group))
    .toSorted((one, other) => other.size - one.size)
    .map(({ group }) => group);
  const both = [...named.filter(isEmpty), ...expected];
  return [...new Map(both.map((group) => [keyOf(group), group])).values()];
}

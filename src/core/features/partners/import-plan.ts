import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import { newPartner } from '../../domain/partners/add.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { withQuiet } from '../../domain/partners/rules.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { nameKey } from '../../names/match.ts';
import type { New } from '../../ports/store.ts';
import type { Reading } from './cells.ts';
import type { FileRow } from './csv.ts';
import { type Draft, type Remark, readRow } from './import-row.ts';
import { Names } from './known-names.ts';

/** What an import would do, told before it is done. */
export interface Plan {
  good: New<Partner>[];
  /** Names that stand in the register already. */
  here: string[];
  /** Rows that name somebody a second time. */
  twice: Remark[];
  /** Rows that can't be used. */
  bad: Remark[];
  /** What goes in otherwise than it stands in the file. */
  notes: Remark[];
}

export interface PlanContext extends Reading {
  directory: Directory;
  partnership: Partnership;
  /** The id a partner gets: the same for the same name, so that a repeated import adds nothing twice. */
  idOf(key: string): string;
}

/** Sorts the rows of a file: what can go in, what is here, what can't be used and why. */
export function planImport(rows: readonly FileRow[], context: PlanContext): Plan {
  const plan: Plan = { good: [], here: [], twice: [], bad: [], notes: [] };
  const register = namesIn(context);
  const above = new Names<number>();
  for (const row of rows) {
    const draft = readRow(row, context);
    if ('text' in draft) {
      plan.bad.push(draft);
      continue;
    }
    const { line, name } = draft;
    const standing = register.sameAs(draft);
    const before = above.sameAs(draft);
    if (standing !== undefined) {
      plan.here.push(hereText(name, standing));
    } else if (before !== undefined) {
      plan.twice.push({ line, text: `${name} stands on line ${before} already.` });
    } else {
      plan.good.push(partnerOf(draft, [register, above], plan.notes, context));
      above.add(name, draft.aliases, line);
    }
  }
  return plan;
}

/** The names in the register, but for those that this very import put there. */
function namesIn({ directory, idOf }: PlanContext): Names<PartnerName> {
  const names = new Names<PartnerName>();
  for (const partner of directory.partners) {
    const { id, name, aliases } = partner;
    if (id !== idOf(nameKey(name))) names.add(name, aliases, partner);
  }
  return names;
}

function hereText(name: string, { name: standing, archived }: PartnerName): string {
  const as = standing === name ? '' : ` (as ${standing})`;
  return `${name}${as}${archived ? ' (in the archive)' : ''}`;
}

/** The partner of a row. What can't go in with it is noted: another name that is somebody's, a lead nobody knows. */
function partnerOf(
  draft: Draft,
  taken: readonly { hasOther(alias: string): boolean }[],
  notes: Remark[],
  { directory, partnership, idOf }: PlanContext,
): New<Partner> {
  const { line, name, lastContact, lead: leadName } = draft;
  const note = (text: string) => notes.push({ line, text: `${name} goes in ${text}` });
  const aliases = draft.aliases.filter((alias) => !taken.some((names) => names.hasOther(alias)));
  for (const alias of draft.aliases.filter((one) => !aliases.includes(one))) {
    note(`without "${alias}", which is another partner's name too.`);
  }
  const lead = directory.members.filter(
    (member) => member.active && nameKey(member.name) === nameKey(leadName),
  );
  if (leadName !== '' && lead.length !== 1) {
    note(`without a lead: ${lead.length === 0 ? 'nobody' : 'more than one'} here is ${leadName}.`);
  }
  const key = nameKey(name);
  const row: New<Partner> = {
    ...newPartner(idOf(key), name),
    aliases,
    level: draft.level,
    sector: draft.sector,
    kinds: draft.kinds,
    every: draft.every,
    lead: lead.length === 1 ? (lead[0]?.id ?? null) : null,
    importedContact: lastContact,
    lastContact,
    lastTwoWay: lastContact,
  };
  return withQuiet(row, partnership);
}

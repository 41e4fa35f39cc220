import { turns } from '../../async/turns.ts';
import { type Day, dayText } from '../../dates/day.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import type { Member } from '../../domain/members/member.ts';
import { newPartner } from '../../domain/partners/new-partner.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { leadAfter, withQuiet } from '../../domain/partners/rules.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { hasOtherScript, otherScriptsIn, visualKey } from '../../names/look-alikes.ts';
import { nameKey } from '../../names/name-words.ts';
import type { New } from '../../ports/store.ts';
import type { FileRow } from './csv.ts';
import { type CellContext, type Draft, type Remark, readRow } from './import-row.ts';

/** What an import would do. */
export interface Plan {
  good: New<Partner>[];
  /** Names that are in the register already. */
  here: string[];
  /** Rows with a name that an earlier row has. */
  twice: Remark[];
  /** Rows that can't be used. */
  bad: Remark[];
  /** Rows that go in with something left out. */
  notes: Remark[];
}

export interface PlanContext extends CellContext {
  directory: Directory;
  partnership: Partnership;
  /** Who imports. */
  actor: Pick<Member, 'id' | 'role'>;
  /** The id of a new partner, from its name key. A repeated import therefore adds nothing twice. */
  idOf(key: string): string;
  /** When somebody of a name was erased; undefined: nobody was. */
  erasedOn(name: string): Day | undefined;
}

/**
 * Sorts the rows of a file: which can be added, which are here already, and which cannot be used and why. Others have
 * turns in between.
 */
export async function planImport(rows: readonly FileRow[], context: PlanContext): Promise<Plan> {
  const turn = turns();
  const plan: Plan = { good: [], here: [], twice: [], bad: [], notes: [] };
  const register = await registerNames(context, turn);
  const above = new NameRegister<number>();
  for (const row of rows) {
    await turn();
    const draft = readRow(row, context);
    if ('text' in draft) {
      plan.bad.push(draft);
      continue;
    }
    const { line, name } = draft;
    const existing = register.sameAs(draft);
    const earlierLine = above.sameAs(draft);
    const lookAlike = register.lookingLike(name);
    const erasedOn = [name, ...draft.aliases].map(context.erasedOn).find((day) => day);
    if (existing !== undefined) {
      plan.here.push(hereText(name, existing));
    } else if (earlierLine !== undefined) {
      plan.twice.push({ line, text: `${name} is on line ${earlierLine} already.` });
    } else if (lookAlike) {
      const scripts = otherScriptsIn(`${name} ${lookAlike.name}`);
      const text = `${name} looks like ${lookAlike.name}, but one of the two has ${scripts} letters in it. If it is another one, add it with partner add.`;
      plan.bad.push({ line, text });
    } else if (erasedOn) {
      const text = `Somebody called ${name} was erased on ${dayText(erasedOn)}. If this isn't the same person, add it with partner add.`;
      plan.bad.push({ line, text });
    } else {
      plan.good.push(partnerOf(draft, [register, above], plan.notes, context));
      above.add(name, draft.aliases, line);
    }
  }
  return plan;
}

/** The names in the register, without partners that an earlier run of this import added. */
async function registerNames(
  { directory, idOf }: PlanContext,
  turn: () => Promise<void> | undefined,
): Promise<NameRegister<PartnerName>> {
  const names = new NameRegister<PartnerName>();
  for (const partner of directory.partners) {
    await turn();
    const { id, name, aliases } = partner;
    if (id !== idOf(nameKey(name))) names.add(name, aliases, partner);
  }
  return names;
}

function hereText(name: string, { name: known, archived }: PartnerName): string {
  const as = known === name ? '' : ` (as ${known})`;
  return `${name}${as}${archived ? ' (in the archive)' : ''}`;
}

/** The partner of a row. Adds a note if something is left out: another name that is taken, or a lead who is not known. */
function partnerOf(
  draft: Draft,
  taken: readonly { hasOther(alias: string): boolean }[],
  notes: Remark[],
  { directory, partnership, idOf, actor }: PlanContext,
): New<Partner> {
  const { line, name, lastContact, lead: leadName } = draft;
  const note = (text: string) => notes.push({ line, text: `${name} will be added ${text}` });
  const aliases = draft.aliases.filter((alias) => !taken.some((names) => names.hasOther(alias)));
  for (const alias of draft.aliases.filter((one) => !aliases.includes(one))) {
    note(`without "${alias}", which is another partner's name too.`);
  }
  const lead = directory.members.filter(
    (member) => member.active && nameKey(member.name) === nameKey(leadName),
  );
  if (leadName !== '' && lead.length !== 1) {
    note(
      `without a lead: ${lead.length === 0 ? 'nobody' : 'more than one member'} here is called ${leadName}.`,
    );
  }
  const fresh = newPartner(idOf(nameKey(name)), name);
  const [only, ...more] = lead;
  const row: New<Partner> = {
    ...fresh,
    aliases,
    level: draft.level,
    sector: draft.sector,
    kinds: draft.kinds,
    every: draft.every,
    ...leadAfter(fresh, actor, only && more.length === 0 ? only : null),
    importedContact: lastContact,
    lastContact,
    lastTwoWay: lastContact,
  };
  return withQuiet(row, partnership);
}

/** Names and other names, and whose they are. */
class NameRegister<T> {
  readonly #own = new Map<string, T>();
  readonly #others = new Map<string, T>();
  /** The names with letters that look like Latin ones, by how they look. */
  readonly #visual = new Map<string, T>();

  add(name: string, aliases: readonly string[], item: T): void {
    this.#own.set(nameKey(name), item);
    for (const alias of aliases) this.#others.set(nameKey(alias), item);
    for (const one of [name, ...aliases])
      if (hasOtherScript(one)) this.#visual.set(visualKey(one), item);
  }

  /** Who has this name, or whose name is among these aliases. */
  sameAs({ name, aliases }: { name: string; aliases: readonly string[] }): T | undefined {
    const asOther = aliases.map((alias) => this.#own.get(nameKey(alias)));
    return (
      this.#own.get(nameKey(name)) ??
      this.#others.get(nameKey(name)) ??
      asOther.find((item) => item !== undefined)
    );
  }

  /** Whose name looks like this one, which is nobody's. */
  lookingLike(name: string): T | undefined {
    const key = visualKey(name);
    const latin = hasOtherScript(name) ? (this.#own.get(key) ?? this.#others.get(key)) : undefined;
    return latin ?? this.#visual.get(key);
  }

  hasOther(alias: string): boolean {
    return this.#others.has(nameKey(alias));
  }
}

import { idIn } from '../../base/id.ts';
import { changedReply } from '../../cards/changed-reply.ts';
import * as shared from '../../cards/partner-args.ts';
import { type Call, defineCommand } from '../../command/command.ts';
import { durationText } from '../../dates/duration.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { withQuiet } from '../../domain/partners/rules.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/match.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { editButton } from './cards.ts';
import { factsText } from './facts.ts';
import { aliasesOf } from './names.ts';
import { checkedName, refuseTaken, unlessTaken } from './taken.ts';

/** A text that `none` empties. */
const clearable = { clearable: true } as const;

const args = {
  // Not needed and without a box: the form holds what changes, and its button says of whom.
  with: { kind: 'partner', summary: 'The partner to change' },
  name: { kind: 'text', summary: 'What it is called', ask: 'What is it called?' },
  kinds: { ...shared.kinds, ...clearable },
  stage: { ...shared.stage, ask: 'How far has it come?' },
  lead: { ...shared.lead, ...clearable, summary: `${shared.lead.summary}; none: nobody` },
  every: { ...shared.every, ...clearable, summary: `${shared.every.summary}; none: by the rules` },
  level: { ...shared.level, ...clearable },
  sector: { ...shared.sector, ...clearable },
  aliases: { ...shared.aliases, ...clearable },
} as const;

/** Changes what is known of a partner. Its quiet days follow at once. */
export const editPartner = defineCommand({
  name: 'partner edit',
  summary: "Change a partner's details, lead or rhythm",
  examples: [
    'partner edit oakfield school every:"2 months" lead:@Tom',
    'partner edit local trust stage:resting',
  ],
  args,
  words: ['with'],
  audience: 'actor',
  guard: 'keep partners',
  writes: true,
  async prefill(raw, { store }): Promise<RawArgs> {
    const id = idIn(raw.with);
    const partner = id ? await store.of(partners).get(id) : undefined;
    if (!partner) return {};
    const { name, kinds, stage, lead, every } = partner;
    return {
      name,
      kinds: kinds.join(', '),
      stage,
      lead: lead ? `#${lead}` : '',
      every: every ? durationText(every) : '',
    };
  },
  async run(call, deps): Promise<Reply> {
    const { with: which, ...said } = call.args;
    // An emptied box takes the rhythm or the lead away, as `none` does.
    const { every, lead } = call.raw;
    const given = {
      ...said,
      every: every === '' ? null : said.every,
      lead: lead === '' ? null : said.lead,
    };
    if (!which) return { text: rich`Which partner? Type partner edit and its name.` };
    if (Object.values(given).every((value) => value === undefined)) return whatToChange(which);
    const rows = deps.store.of(partners);
    const names = await newNames(which.id, call, deps);
    const changed = await unlessTaken(names.name ?? '', 'partner edit', call, deps, () =>
      updateWithRetry(rows, which.id, (row) =>
        withQuiet({ ...row, ...detailsOf(row, given), ...names }, deps.partnership),
      ),
    );
    if (!changed) throw new UserError('That partner is gone. See who is here with partner list.');
    if (Object.keys(names).length > 0) await deps.namesChanged();
    const facts = factsText(changed, deps.directory, deps.partnership);
    return changedReply(rich`Changed. ${bold(changed.name)}: ${facts}.`, call.receipt);
  },
});

type Given = Omit<Call<typeof args>['args'], 'with'>;

function whatToChange(which: { id: string; name: string }): Reply {
  return {
    text: rich`What shall I change about ${bold(which.name)}?`,
    card: [{ kind: 'buttons', buttons: [editButton(which)] }],
  };
}

/** What is given takes the place of what stands; `none` (null) empties it. */
function detailsOf(row: Partner, given: Given) {
  const { kinds, stage, lead, every, level, sector } = given;
  return {
    kinds: kinds === undefined ? row.kinds : (kinds ?? []),
    stage: stage ?? row.stage,
    lead: lead === undefined ? row.lead : (lead?.id ?? null),
    every: every === undefined ? row.every : every,
    level: level === undefined ? row.level : level,
    sector: sector === undefined ? row.sector : sector,
  };
}

/** The name and aliases where they change. */
async function newNames(
  id: string,
  call: Call<typeof args>,
  deps: Parameters<typeof refuseTaken>[4],
): Promise<Partial<Pick<Partner, 'name' | 'key' | 'aliases'>>> {
  const { name: typed, aliases: list } = call.args;
  const standing = deps.directory.partner(id);
  const name = typed === undefined ? undefined : checkedName(typed, 'name');
  const aliases =
    list === undefined ? undefined : aliasesOf(name ?? standing?.name ?? '', list ?? '');
  for (const alias of aliases ?? []) checkedName(alias, 'aliases');
  const names = [name, ...(aliases ?? [])].filter((one) => one !== undefined);
  await refuseTaken(names, id, 'partner edit', call, deps);
  return {
    ...(name !== undefined && name !== standing?.name ? { name, key: nameKey(name) } : {}),
    ...(aliases ? { aliases } : {}),
  };
}

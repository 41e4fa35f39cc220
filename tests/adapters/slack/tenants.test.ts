import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { isProof, seed } from '../../fixtures/proof.ts';
import { type SlackHarness, startHarness, type User } from './harness.ts';
import { installTenant, storedRows, type TenantWorkspace, visibleTo } from './tenant-workspace.ts';

const STEPS = isProof ? 3_000 : 100;
/** How many actions between two checks. */
const AT_A_TIME = 10;

let harness: SlackHarness;
let tenants: readonly [TenantWorkspace, TenantWorkspace];
beforeAll(async () => {
  harness = await startHarness('http');
  tenants = [await installTenant(harness, 'zebra'), await installTenant(harness, 'quokka')];
}, 60_000);

/** What a user types. `@` stands for a user of the other workspace, `#` for an id that was seen there. */
const lines = [
  ...['log harbour met at the fair', 'log # hello', 'log harbour hello who:@', 'partner show #'],
  ...[
    'partner show harbour',
    'partner list',
    'partner edit # every:"2 weeks"',
    'partner archive #',
  ],
  ...[
    'followup list everyone',
    'followup done #',
    'followup later # by:friday',
    'followup ask # who:@',
  ],
  ...[
    'followup add mine by:friday who:@',
    'followup edit # by:monday',
    'today',
    'quiet',
    'why',
    'why #',
  ],
  ...[
    'undo',
    'undo #',
    'members',
    'member role @ role:worker',
    'member left @',
    'digest preview',
    'me',
  ],
  ...['settings', 'history harbour', 'history #', 'handover from:@', 'help'],
];

/** One action: the user, the workspace, and how. */
const step = fc.record({
  by: fc.constantFrom(0, 1),
  person: fc.constantFrom(0, 1),
  kind: fc.constantFrom('type', 'type', 'press', 'forge a press', 'forge a form', 'stray', 'home'),
  line: fc.constantFrom(...lines),
  pick: fc.nat(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** All ids of Convenor's in a text: of buttons, options and rows. */
const idsIn = (seen: string): string[] => [
  ...new Set(seen.match(/v1\.[a-z ]+\.[^"\\]*|#[A-Za-z0-9_-]{16}/g) ?? []),
];

async function take({ by, person, kind, line, pick }: Step): Promise<void> {
  const { double } = harness;
  const [own, other] = by === 0 ? tenants : ([tenants[1], tenants[0]] as const);
  const who = own.users[person === 0 ? 0 : 1];
  const one = <T>(some: readonly T[]): T | undefined => some[pick % Math.max(1, some.length)];
  const ids = idsIn(visibleTo(harness, other));
  const row = one(ids.filter((id) => id.startsWith('#'))) ?? '#nothing';
  const text = line.replaceAll('@', `<@${one(other.users)?.id}>`).replace('#', row);
  const direct = { id: double.directOf(who).id };
  const shared = {
    trigger_id: `${Math.random()}`,
    team: { id: own.team.id, domain: own.team.domain },
    user: { id: who.id, team_id: own.team.id },
    channel: direct,
  };
  const send = (payload: object) =>
    double.sendSigned(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  if (kind === 'type') await double.as(who).slash('/convenor', text);
  else if (kind === 'home') await double.as(who).openHome();
  else if (kind === 'press') {
    const shown = messagesTo(who).filter(({ buttons }) => buttons.length);
    const message = one(shown);
    const button = message && one(message.buttons);
    if (message && button) await double.as(who).press(message, button);
  } else if (kind === 'forge a press') {
    const action_id = one(ids.filter((id) => id.startsWith('v1.'))) ?? 'v1.help.';
    const container = { message_ts: '1700000000.000100', is_ephemeral: false };
    await send({ type: 'block_actions', ...shared, container, actions: [{ action_id }] });
  } else if (kind === 'forge a form') {
    const place = { platform: 'slack', workspace: other.team.id, channel: 'C1', direct: false };
    const private_metadata = JSON.stringify({ about: { place }, kept: { which: row, with: row } });
    const [command] = line.split(/ (?=[#@])/);
    const view = {
      id: `V${pick}`,
      hash: `${pick}`,
      callback_id: `form.${command}`,
      private_metadata,
    };
    await send({ type: 'view_submission', ...shared, view: { ...view, state: { values: {} } } });
  } else {
    // A user of one workspace in a channel of the other.
    const team_id = other.team.id;
    const fields = { command: '/convenor', text, team_id, user_id: who.id, channel_id: direct.id };
    const body = { ...fields, trigger_id: shared.trigger_id };
    await double.sendSigned(new URLSearchParams(body).toString());
  }
}

const messagesTo = (who: User) => harness.double.sees(who, harness.double.directOf(who));

/** Expects that nobody sees the other workspace's secret, and that it is not stored with the wrong partnership. */
async function expectApart(): Promise<void> {
  for (const [own, other] of [tenants, [tenants[1], tenants[0]] as const]) {
    const seen = visibleTo(harness, own);
    expect(seen).toContain(own.secret);
    expect(seen).not.toContain(other.secret);
    const kept = await storedRows(harness.stores, own.partnership);
    expect(kept).toContain(own.secret);
    expect(kept).not.toContain(other.secret);
    expect(kept).not.toContain(`"workspace":"${other.team.id}"`);
  }
}

it(
  `${STEPS} things done in two workspaces: neither sees or changes what is the other's`,
  async () => {
    for (let done = 0; done < STEPS; done += AT_A_TIME) {
      const some = fc.sample(step, { numRuns: AT_A_TIME, seed: seed + done });
      for (const one of some) await take(one);
      await expectApart();
    }
    // By then everything that was being handled is answered.
    await harness.restart();
    await expectApart();
    const failed = harness.warnings.filter(({ event }) => event.includes('failed'));
    expect(failed).toEqual([]);
    const answers = tenants.flatMap((tenant) => tenant.users.flatMap((who) => messagesTo(who)));
    expect(answers.length).toBeGreaterThan(STEPS / 5);
  },
  isProof ? 900_000 : 60_000,
);

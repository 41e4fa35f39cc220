import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  type Installed,
  installationOf,
  installations,
  rowOf,
  servedRow,
} from '../../src/adapters/slack/installing/installation-row.ts';
import { collect } from '../../src/core/async/collect.ts';
import { sealer } from '../../src/core/base/sealer.ts';
import type { Stores } from '../../src/core/ports/store.ts';
import { runCommand } from '../fixtures/command.ts';
import { openQuickly } from '../fixtures/store.ts';
import { newPlace } from './harness.ts';

// What starts processes takes its time on a busy machine.
const patient = { timeout: 60_000 };

const NOW = new Date('2026-11-18T10:00:00Z');

const row = (team: string, key: Uint8Array) =>
  rowOf(
    {
      team: { id: team, name: team },
      enterprise: undefined,
      user: { id: 'U1', token: undefined, scopes: undefined },
      bot: { id: 'B1', userId: 'UB1', scopes: ['chat:write'], token: `xoxb-${team}` },
    },
    NOW,
    sealer([key]),
  );

/** A folder with the installations of some workspaces in its store, and the way to run `npm run reseal` there. */
async function newInstallations(rows: readonly ReturnType<typeof row>[]) {
  const { folder, dataDir } = await newPlace();
  const withRows = async <T>(work: (rows: ReturnType<typeof open>) => Promise<T>): Promise<T> => {
    const { stores, close } = await openQuickly(dataDir, [installations]);
    return work(open(stores)).finally(close);
  };
  const open = (stores: Stores) => stores.global(installations);
  await withRows((stored) => stored.insertAll(rows));
  const reseal = (...keys: Uint8Array[]) =>
    runCommand('reseal', {
      folder,
      env: {
        DATA_DIR: dataDir,
        SECRET_KEY: keys.map((key) => Buffer.from(key).toString('base64')).join(','),
        SLACK_SIGNING_SECRET: 's',
        SLACK_CLIENT_ID: 'c',
        SLACK_CLIENT_SECRET: 'cs',
        PUBLIC_URL: 'https://convenor.example.org',
      },
    });
  const read = (): Promise<Installed[]> =>
    withRows((stored) => collect(stored.all({ index: 'byId' })));
  return { reseal, read };
}

it(
  'seals every token with the new key, so that the old one can go; it can be cut off and repeated',
  patient,
  async () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)];
    // One was sealed by an earlier attempt that was cut off, and one workspace has no token of its own.
    const rows = [row('T1', older), row('T2', older), row('T3', newer), servedRow('T4', 'E1')];
    const { reseal, read } = await newInstallations(rows);
    expect(await reseal(newer, older)).toEqual({
      code: 0,
      output: `Tokens sealed with the new key: 2. Already sealed with it: 1.
The old keys can be taken out of SECRET_KEY now. Backups from before need them.
`,
    });
    const tokens = (await read()).map((stored) => installationOf(stored, sealer([newer]))?.bot);
    expect(tokens.map((bot) => bot?.token)).toEqual(['xoxb-T1', 'xoxb-T2', 'xoxb-T3', undefined]);
    expect(await reseal(newer)).toEqual({
      code: 0,
      output: 'Tokens sealed with the new key: 0. Already sealed with it: 3.\n',
    });
  },
);

it('a token that no key opens is counted, and the others are done', patient, async () => {
  const [older, newer, lost] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const { reseal, read } = await newInstallations([row('T1', lost), row('T2', older)]);
  const { code, output } = await reseal(newer, older);
  expect(code).toBe(1);
  expect(output).toContain('Tokens sealed with the new key: 1.');
  expect(output).toContain('No key in SECRET_KEY opens 1 of them: put their old key back');
  expect(output).not.toContain('xoxb');
  expect(installationOf((await read())[1] as Installed, sealer([newer]))?.bot?.token).toBe(
    'xoxb-T2',
  );
});

it('without Slack for many workspaces it says that there is nothing to seal', patient, async () => {
  const { folder, dataDir } = await newPlace();
  const { code, output } = await runCommand('reseal', { folder, env: { DATA_DIR: dataDir } });
  expect(code).toBe(1);
  expect(output).toContain('There are no stored tokens');
  expect(output).not.toContain('    at ');
});

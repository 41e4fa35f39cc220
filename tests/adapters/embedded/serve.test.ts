import { expect, test } from 'vitest';
import { connect, newCollection, newFolder, newStore } from './fixture.ts';
import { end, serve } from './process.ts';

test.each(['SIGINT', 'SIGTERM'] as const)(
  'GIVEN a store of its own THEN it says where it is, serves, and ends by %s with code 0',
  async (signal) => {
    const folder = await newFolder();
    const { child, uri, stdout } = await serve('--port', '0', '--data', folder);
    expect(stdout).toMatch(
      /^Store ready: mongodb:\/\/127\.0\.0\.1:\d+\/convenor\?directConnection=true\n$/,
    );
    const client = await connect(uri ?? '');
    await client.db().collection('things').insertOne({ n: 1 });
    // The client is still connected: it must not hold the process.
    expect(await end(child, signal)).toBe(0);
    const { things } = await newCollection({ dataDir: folder });
    expect(await things.countDocuments({})).toBe(1);
  },
);

test.each([
  ['an unknown option', ['--prot', '1']],
  ['something else', ['1234']],
  ['a port that is none', ['--port', 'x']],
  ['a port beyond all', ['--port', '65536']],
  ['an empty folder name', ['--data', '']],
  ['a folder below a file', ['--data', '/dev/null/data']],
])('GIVEN %s THEN one sentence says what to do, and the code is 1', async (_, args) => {
  const { code, stderr, stdout } = await serve(...args);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^[^\n]*(Use|Name another)[^\n]*\n$/);
});

test('GIVEN a port that is taken THEN the sentence names it', async () => {
  const { port } = await newStore();
  const { code, stderr } = await serve('--port', String(port), '--data', await newFolder());
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^Port ${port} cannot be used .*Name another one.*\n$`));
});

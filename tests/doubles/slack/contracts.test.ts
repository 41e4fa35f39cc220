import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { methods } from './contracts.ts';

const here = new URL('contracts/', import.meta.url);
/** The whole set stands beside a checkout of the project. */
const whole = new URL('../../../../shared/contracts/slack/', import.meta.url);
const read = (folder: URL, file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

it('the copied contracts are the published ones, where those are at hand', () => {
  if (!existsSync(whole)) {
    console.log('../shared/contracts/slack is not at hand: nothing to compare with.');
    return;
  }
  const files = ['methods', 'samples'].flatMap((folder) =>
    readdirSync(new URL(folder, here)).map((file) => `${folder}/${file}`),
  );
  for (const file of [...files, 'manifest.schema.json'])
    expect(read(here, file), file).toEqual(read(whole, file));
});

it('every copied method names its arguments, and the errors that any method may answer', () => {
  expect(methods.size).toBeGreaterThan(20);
  for (const method of methods.values()) {
    expect(method.misfit({ stray: 'x' }), method.name).toContain('stray');
    expect(method.errors).toContain('ratelimited');
  }
});

it('the schema of manifests can be read', () => {
  const check = new Ajv({ strict: false, validateFormats: false });
  const schema = read(here, 'manifest.schema.json');
  expect(check.validateSchema({ ...schema, $schema: undefined })).toBe(true);
});

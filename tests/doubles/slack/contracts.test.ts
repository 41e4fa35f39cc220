import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { methods } from './contracts.ts';

it('every method names its arguments, and the errors that any method may answer', () => {
  expect(methods.size).toBeGreaterThan(20);
  for (const method of methods.values()) {
    expect(method.problem({ stray: 'x' }), method.name).toContain('stray');
    expect(method.errors).toContain('ratelimited');
  }
});

it('the schema of manifests can be read', () => {
  const file = new URL('contracts/manifest.schema.json', import.meta.url);
  const check = new Ajv({ strict: false, validateFormats: false });
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  expect(check.validateSchema({ ...schema, $schema: undefined })).toBe(true);
});

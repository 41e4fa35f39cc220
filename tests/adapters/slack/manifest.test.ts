import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  botScopes,
  directCommands,
  manifestOf,
} from '../../../src/adapters/slack/manifest/manifest.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';

const schema = JSON.parse(
  readFileSync(
    new URL('../../doubles/slack/contracts/manifest.schema.json', import.meta.url),
    'utf8',
  ),
);
const check = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
const url = 'https://convenor.example.org';

const committed = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8'));

describe.each([
  ['Socket Mode', { command: '/convenor' }, 'manifest.json'],
  ['HTTP', { command: '/convenor', url }, 'manifest.http.json'],
] as const)('the manifest for %s', (_, options, file) => {
  const manifest = manifestOf(allCommands(), options);

  it('is accepted by Slack', () => {
    check(manifest);
    expect(check.errors).toBeNull();
  });

  it(`is the content of ${file}`, () => {
    expect(committed(file)).toEqual(manifest);
  });
});

it('every address leads to Convenor, and Socket Mode has none', () => {
  const http = JSON.stringify(manifestOf(allCommands(), { command: '/convenor', url }));
  expect(http.match(/https:[^"]+/g)).toEqual([
    ...Array.from({ length: 3 }, () => `${url}/slack/events`),
    `${url}/slack/oauth_redirect`,
    ...Array.from({ length: 3 }, () => `${url}/slack/events`),
  ]);
  expect(JSON.stringify(manifestOf(allCommands(), { command: '/convenor' }))).not.toContain('http');
});

it('the main command may have another name', () => {
  const manifest = manifestOf(allCommands(), { command: '/partners' });
  check(manifest);
  expect(check.errors).toBeNull();
  expect(JSON.stringify(manifest)).toContain('"/partners"');
});

it('the other slash commands are declared, and every scope is explained', () => {
  const commands = allCommands();
  expect(directCommands.filter(({ command }) => !commands.has(command))).toEqual([]);
  expect(botScopes.every(({ reason }) => reason.startsWith('to '))).toBe(true);
});

import { Router } from 'express';
import { afterEach, expect, it } from 'vitest';
import { StoreError } from '../../src/core/ports/store.ts';
import { healthServer } from '../../src/process/health-server.ts';
import { readiness } from '../../src/process/readiness.ts';
import { freePort } from '../fixtures/redis.ts';

let stop = async () => {};
afterEach(() => stop());

/** A process with several parts, as an operator sees it. */
async function served() {
  const parts = readiness();
  const port = await freePort();
  const options = {
    host: '127.0.0.1',
    port,
    missingParts: parts.missingParts,
    metrics: Router(),
    routes: [],
  };
  ({ stop } = await healthServer(options));
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: response.status, ...((await response.json()) as object) };
  };
  return { parts, ask };
}

it('names each adapter that has not started, and is ready when all have', async () => {
  const { parts, ask } = await served();
  parts.addPart('store', async () => true);
  const gates = { slack: () => {}, discord: () => {} };
  const start = (name: keyof typeof gates) =>
    parts.startPart(name, () => new Promise((resolve) => (gates[name] = resolve)));
  const both = Promise.all([start('slack'), start('discord')]);
  const waiting = { status: 503, ready: false };
  expect(await ask()).toEqual({ ...waiting, waitingFor: ['slack', 'discord'] });
  gates.discord();
  expect(await ask()).toEqual({ ...waiting, waitingFor: ['slack'] });
  gates.slack();
  await both;
  expect(await ask()).toEqual({ status: 200, ready: true, waitingFor: [] });
});

it('keeps naming a part that failed to start or answers with an error, and says what to do about a store', async () => {
  const { parts, ask } = await served();
  parts.addPart('queue', () => Promise.reject(new Error('gone')));
  parts.addPart('store', () => Promise.reject(new StoreError('full', 'The disk is full.')));
  const failed = parts.startPart('slack', () => Promise.reject(new Error('The token is wrong.')));
  await expect(failed).rejects.toThrow('The token is wrong.');
  expect(await ask()).toEqual({
    ...{ status: 503, ready: false, waitingFor: ['queue', 'store', 'slack'] },
    remedies: ['The disk is full.'],
  });
});

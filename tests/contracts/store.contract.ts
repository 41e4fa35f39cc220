import { describe } from 'vitest';
import { all } from './store/all.ts';
import { boundaries } from './store/boundaries.ts';
import { commit } from './store/commit.ts';
import { derivedRows } from './store/derived-rows.ts';
import { due } from './store/due.ts';
import { queries } from './store/queries.ts';
import { races } from './store/races.ts';
import type { Subject } from './store/subject.ts';
import { tenants } from './store/tenants.ts';
import { values } from './store/values.ts';
import { verbs } from './store/verbs.ts';

/** What every implementation of the store port (`src/core/ports/store.ts`) has to do. Each part uses partnerships of its own. */
export function storeContract(subject: Subject): void {
  describe('the store port: operations', () => verbs(subject));
  describe('the store port: queries', () => queries(subject));
  describe('the store port: what it refuses', () => boundaries(subject));
  describe('the store port: all rows of a query', () => all(subject));
  describe('the store port: commits', () => commit(subject));
  describe('the store port: derived rows', () => derivedRows(subject));
  describe('the store port: due rows', () => due(subject));
  describe('the store port: values come back as they were written', () => values(subject));
  describe('the store port: races', () => races(subject));
  describe('the store port: partnerships', () => tenants(subject));
}

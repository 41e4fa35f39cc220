import { expect, it } from 'vitest';
import { collections } from '../../../../src/core/domain/collections.ts';
import { personalDataOfDomain } from '../../../../src/core/domain/personal-data/declarations.ts';
import { adapterPersonalData } from '../../../../src/process/adapter-personal-data.ts';
import { allCollections } from '../../../../src/process/open-stores.ts';

it('each collection says what it holds of people', () => {
  const declared = [...personalDataOfDomain, ...adapterPersonalData];
  const names = declared.map(({ declaration }) => declaration.name);
  expect(names.toSorted()).toEqual(allCollections.map(({ name }) => name).toSorted());
  expect(personalDataOfDomain.map(({ declaration }) => declaration.name).toSorted()).toEqual(
    collections.map(({ name }) => name).toSorted(),
  );
});

it('each declared field is a field of the collection', () => {
  for (const { declaration, fields } of [...personalDataOfDomain, ...adapterPersonalData]) {
    expect(Object.keys(declaration.fields)).toEqual(expect.arrayContaining(Object.keys(fields)));
  }
});

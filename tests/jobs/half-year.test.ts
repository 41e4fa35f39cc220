import { expect, it } from 'vitest';
import { HalfYear } from '../fixtures/half-year.ts';
import { seed, sized } from '../fixtures/proof.ts';

const DAYS = sized(30, 182);

it(`${DAYS} days with twelve members: what was said of the future came true, and every figure is right`, async () => {
  const life = await HalfYear.start(seed);
  await life.run(DAYS);
  const { counts, forecasts, figures } = life;
  console.log({ ...counts, forecasts: forecasts.count, figures: figures.count });
  // With fewer, the walk did too little to prove anything.
  expect(forecasts.count).toBeGreaterThan(DAYS);
  expect(counts.briefs).toBeGreaterThan(DAYS);
  expect(counts.digests).toBeGreaterThan(DAYS / 15);
  expect(figures.count).toBeGreaterThan(DAYS * 10);
}, 1_800_000);

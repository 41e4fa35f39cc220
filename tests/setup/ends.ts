import { afterAll } from 'vitest';
import { endAll } from '../fixtures/at-end.ts';

afterAll(endAll);

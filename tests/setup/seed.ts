import fc from 'fast-check';
import { runs, seed } from '../fixtures/proof.ts';

/** For property tests: the seed of this run, and how many cases each tries unless it says otherwise. */
fc.configureGlobal({ seed, numRuns: runs(100) });

import { describe } from 'vitest';
import { systemClock } from '../../../src/core/base/clock.ts';
import { inProcessJobs } from '../../../src/jobs/queue/in-process.ts';
import { jobsContract } from '../../contracts/jobs.contract.ts';

describe('the jobs port in this process', () => {
  jobsContract({ open: (concurrency) => inProcessJobs(systemClock, concurrency) });
});

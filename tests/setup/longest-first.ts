import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, on two cores. */
const LONGEST = [
  ...['chaos/discord', 'chaos/slack', 'chaos/rolling', 'chaos/plain', 'chaos/plain-kills'],
  ...['process/start', 'adapters/playground/page', 'contracts/mongo', 'ops/doctor'],
  ...['adapters/playground/page-chat', 'adapters/playground/page-forms', 'jobs/zones'],
  ...['ops/release', 'ops/backup', 'e2e/main-path', 'e2e/discord', 'e2e/slack', 'e2e/roles'],
];

/**
 * Starts the longest test files first, so that no process still works on one when the others have nothing left. Vitest
 * does so by itself where it has run before; in a new checkout it goes by the size of the files.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Its place among the longest of its group. */
function rank({ moduleId, project }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
  const group = project.config.sequence.groupOrder;
  return (group + 1) * LONGEST.length * 2 + (place < 0 ? LONGEST.length : place);
}

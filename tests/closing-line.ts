import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestResult, TestSuite } from 'vitest/node';

/**
 * Ends every run with one plain line, `12 passed, 0 failed, 1 skipped`, and names what was skipped above it.
 * A file or suite that breaks outside its tests, and an error that no test caught, count as failed.
 */
export default class ClosingLine implements Reporter {
  private lines: string[] = [];

  onInit() {
    process.once('exit', () => {
      if (this.lines.length > 0) console.log(`\n${this.lines.join('\n')}`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
    let passed = 0;
    let failed = unhandled.length;
    const skipped: string[] = [];
    for (const module of modules) {
      failed += broken(module) + [...module.children.allSuites()].filter(broken).length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'failed') failed += 1;
        else skipped.push(`skipped: ${module.relativeModuleId} > ${test.fullName}${why(result)}`);
      }
    }
    if (passed + failed === 0) process.exitCode = 1;
    this.lines = [...skipped, `${passed} passed, ${failed} failed, ${skipped.length} skipped`];
  }
}

/** 1 for a file or suite that failed by itself (an import, a hook), else 0. */
function broken(part: TestModule | TestSuite): number {
  return part.errors().length > 0 ? 1 : 0;
}

function why(result: TestResult): string {
  return 'note' in result && result.note ? ` (${result.note})` : '';
}

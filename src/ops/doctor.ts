import { readFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { ENV_FILE } from './checks/env-file.ts';
import { examine } from './examine.ts';
import { isWrong, shown } from './finding.ts';

/*
 * `npm run doctor`: looks at everything that Convenor needs, says what to mend, and changes nothing. Ends with 1 when
 * something is wrong, else with 0.
 */

const about = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(about);
console.log(`Convenor ${version}, Node ${process.versions.node}, ${platform()} ${arch()}`);

const findings = await examine(process.env, ENV_FILE);
for (const finding of findings) console.log(shown(finding));
const count = findings.filter(isWrong).length;
console.log(count === 0 ? '\nNothing has to be mended.' : `\nTo mend: ${count}.`);
process.exitCode = count === 0 ? 0 : 1;

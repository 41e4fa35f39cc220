import { readFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { formatFinding, isWrong } from './checks/finding.ts';
import { runChecks } from './checks/run-checks.ts';
import { ENV_FILE } from './files/env-file.ts';
import { runCommand } from './terminal/run-command.ts';

const USAGE = `Usage: npm run doctor
Checks everything that Convenor needs and says what to fix; changes nothing. The exit code is 1 when something is wrong.`;

await runCommand(USAGE, async () => {
  const packageFile = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(packageFile);
  console.log(`Convenor ${version}, Node ${process.versions.node}, ${platform()} ${arch()}`);

  const findings = await runChecks(process.env, ENV_FILE);
  for (const finding of findings) console.log(formatFinding(finding));
  const wrongCount = findings.filter(isWrong).length;
  console.log(wrongCount === 0 ? '\nNothing has to be fixed.' : `\nTo fix: ${wrongCount}.`);
  process.exitCode = wrongCount === 0 ? 0 : 1;
});

import type { Config } from '../../config/config.ts';
import { advice, type Finding, good, reasonOf, wrong } from './finding.ts';

const ANSWER_TIMEOUT_MS = 10_000;

/** What answers at an address. */
type Answer = { is: 'Convenor' } | { is: 'other' } | { is: 'nothing'; reason: string };

async function probe(url: string): Promise<Answer> {
  try {
    const response = await fetch(`${url}/healthz`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    const body: unknown = await response.json().catch(() => undefined);
    const isOurs = JSON.stringify(body) === '{"ok":true}';
    return { is: isOurs ? 'Convenor' : 'other' };
  } catch (error) {
    const reason = reasonOf(error);
    return /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET|timeout|bad port/i.test(reason)
      ? { is: 'nothing', reason }
      : { is: 'other' };
  }
}

/** Checks that Convenor runs at its port and that nothing is missing, or else that the port is free. */
export async function checkPort({ host, port, roles }: Config): Promise<Finding[]> {
  // A process with only the worker role has no port, and port 0 is a different one at each start.
  if (port === 0 || roles.every((role) => role === 'worker')) return [];
  const url = `http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`;
  const { is } = await probe(url);
  if (is === 'other') {
    const remedy = 'Stop that program, or set PORT to another number.';
    return [wrong('PORT', `Port ${port} is taken by another program.`, remedy)];
  }
  if (is === 'nothing') {
    const remedy = 'To start it: sudo systemctl start convenor, or npm start.';
    return [advice('Convenor', `It does not run here now (port ${port} is free).`, remedy)];
  }
  const ready = await fetch(`${url}/readyz`).then((response) => response.json());
  const { waitingFor, remedies = [] } = ready as { waitingFor: string[]; remedies?: string[] };
  if (waitingFor.length === 0) return [good('Convenor', 'It runs, and nothing is missing.')];
  const message = `It runs, but waits for: ${waitingFor.join(', ')}.`;
  const readLog = 'Read its log: sudo journalctl -u convenor -n 50';
  return [wrong('Convenor', message, remedies.length > 0 ? remedies.join(' ') : readLog)];
}

/** Checks that the address that Slack and people's browsers use leads to Convenor. */
export async function checkPublicUrl(url: string): Promise<Finding[]> {
  const subject = 'PUBLIC_URL';
  const answer = await probe(url);
  const proxy =
    'Does Convenor run, and does the web server in front of it (or the tunnel) pass everything on to its PORT? docs/install.md has an example.';
  if (answer.is === 'other') return [wrong(subject, `Something else answers at ${url}.`, proxy)];
  if (answer.is === 'nothing')
    return [wrong(subject, `Nothing answers at ${url} (${answer.reason}).`, proxy)];
  return url.startsWith('https:')
    ? [good(subject, `${url} leads to Convenor.`)]
    : [
        good(subject, `${url} leads to Convenor.`),
        advice(
          subject,
          'It is not https.',
          'Slack sends only to https addresses: see docs/install.md.',
        ),
      ];
}

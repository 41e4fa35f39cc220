import type { Config } from '../../config/config.ts';
import { advice, type Finding, good, reasonOf, wrong } from '../finding.ts';

/** How long an answer may take (ms). */
const PATIENCE = 10_000;

/** What stands at an address: Convenor, something else, or nothing. */
type Answer = { is: 'Convenor' } | { is: 'other' } | { is: 'nothing'; reason: string };

async function whatIsAt(url: string): Promise<Answer> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PATIENCE) });
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

/** Whether Convenor runs at its port, and has all it needs; or whether the port is free for it. */
export async function checkPort({ host, port, roles }: Config): Promise<Finding[]> {
  // Without these it listens nowhere; and any free port cannot be looked for.
  if (port === 0 || roles.every((role) => role === 'worker')) return [];
  const url = `http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`;
  const { is } = await whatIsAt(url);
  if (is === 'other') {
    const mend = 'Stop that program, or set PORT to another number.';
    return [wrong('PORT', `Port ${port} is taken by another program.`, mend)];
  }
  if (is === 'nothing') {
    const mend = 'To start it: sudo systemctl start convenor, or npm start.';
    return [advice('Convenor', `It does not run here now (port ${port} is free).`, mend)];
  }
  const ready = await fetch(`${url}/readyz`).then((response) => response.json());
  const { waitingFor, mend = [] } = ready as { waitingFor: string[]; mend?: string[] };
  if (waitingFor.length === 0) return [good('Convenor', 'It runs, and has all it needs.')];
  const says = `It runs, but waits for: ${waitingFor.join(', ')}.`;
  const itself = 'What it says itself: sudo journalctl -u convenor -n 50';
  return [wrong('Convenor', says, mend.length > 0 ? mend.join(' ') : itself)];
}

/** Whether the address that Slack and people's browsers use leads to Convenor. */
export async function checkPublicUrl(url: string): Promise<Finding[]> {
  const about = 'PUBLIC_URL';
  const answer = await whatIsAt(url);
  const proxy =
    'Does Convenor run, and does the web server in front of it (or the tunnel) pass everything on to its PORT? docs/install.md has an example.';
  if (answer.is === 'other') return [wrong(about, `Something else answers at ${url}.`, proxy)];
  if (answer.is === 'nothing')
    return [wrong(about, `Nothing answers at ${url} (${answer.reason}).`, proxy)];
  return url.startsWith('https:')
    ? [good(about, `${url} leads to Convenor.`)]
    : [
        good(about, `${url} leads to Convenor.`),
        advice(
          about,
          'It is not https.',
          'Slack sends to https addresses alone: see docs/install.md.',
        ),
      ];
}

import type { WebClient } from '@slack/web-api';
import { badBotToken } from '../../adapters/slack/connection/credentials.ts';
import {
  type Installed,
  installationOf,
  installations,
} from '../../adapters/slack/installing/installation-row.ts';
import type { Config } from '../../config/config.ts';
import type { HttpConnection } from '../../config/slack.ts';
import { sealer, UnsealError } from '../../core/base/sealer.ts';
import { advice, type Finding, reasonOf, wrong } from './finding.ts';
import { checkScopes, slackClients, unreachable } from './slack.ts';
import { readStoredRows } from './stored-rows.ts';

/** Checks the tokens of the workspaces that have installed the app: that they can be decrypted, and Slack accepts them. */
export async function checkInstallations(config: Config): Promise<Finding[]> {
  const { slack } = config;
  if (slack?.connection.kind !== 'http') return [];
  const clientOf = slackClients(slack.apiUrl);
  const findings: Finding[] = [];
  for (const row of await readStoredRows(config, installations)) {
    if (row.botToken !== null)
      findings.push(...(await checkInstallation(row, slack.connection, clientOf)));
  }
  return findings;
}

async function checkInstallation(
  row: Installed,
  { secretKeys, publicUrl }: HttpConnection,
  clientOf: (token?: string) => WebClient,
): Promise<Finding[]> {
  const again = `Somebody there opens ${publicUrl}/slack/install once more.`;
  try {
    const token = installationOf(row, sealer(secretKeys))?.bot?.token;
    return checkScopes(await clientOf(token).auth.test(), again);
  } catch (error) {
    if (error instanceof UnsealError) return [wrong('SECRET_KEY', error.message)];
    if (!badBotToken(error)) return unreachable(error);
    const message = `${row.name ?? row.id} has removed Convenor (${reasonOf(error)}).`;
    return [advice('Slack', message, again)];
  }
}

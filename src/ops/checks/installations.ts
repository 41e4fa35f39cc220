import type { WebClient } from '@slack/web-api';
import { badBotToken } from '../../adapters/slack/credentials.ts';
import {
  type Installed,
  installationOf,
  installations,
} from '../../adapters/slack/installing/installation-row.ts';
import type { Config } from '../../config/config.ts';
import type { HttpWay } from '../../config/slack.ts';
import { sealer, Unsealable } from '../../core/base/sealer.ts';
import { advice, type Finding, reasonOf, wrong } from '../finding.ts';
import { rowsIn } from './rows.ts';
import { checkScopes, clientsAt, unreachable } from './slack.ts';

/** The workspaces that have installed the app: whether their tokens can be opened, and Slack takes them. */
export async function checkInstallations(config: Config): Promise<Finding[]> {
  const { slack } = config;
  if (slack?.way.kind !== 'http') return [];
  const clientOf = clientsAt(slack.apiUrl);
  const findings: Finding[] = [];
  for (const row of await rowsIn(config, installations)) {
    if (row.botToken !== null)
      findings.push(...(await checkInstallation(row, slack.way, clientOf)));
  }
  return findings;
}

async function checkInstallation(
  row: Installed,
  { secretKeys, publicUrl }: HttpWay,
  clientOf: (token?: string) => WebClient,
): Promise<Finding[]> {
  const again = `Somebody there opens ${publicUrl}/slack/install once more.`;
  try {
    const token = installationOf(row, sealer(secretKeys))?.bot?.token;
    return checkScopes(await clientOf(token).auth.test(), again);
  } catch (error) {
    if (error instanceof Unsealable) return [wrong('SECRET_KEY', error.message)];
    if (!badBotToken(error)) return unreachable(error);
    const says = `${row.name ?? row.id} has removed Convenor (${reasonOf(error)}).`;
    return [advice('Slack', says, again)];
  }
}

import type { WebClient } from '@slack/web-api';
import { heldAt } from '../../adapters/embedded/disk/lock.ts';
import { look } from '../../adapters/mongo/look.ts';
import { badBotToken } from '../../adapters/slack/credentials.ts';
import {
  type Installed,
  installationOf,
  installations,
} from '../../adapters/slack/installation-row.ts';
import type { HttpWay } from '../../config/slack.ts';
import type { Config } from '../../config.ts';
import { sealer, Unsealable } from '../../core/sealed.ts';
import { advice, type Finding, reasonOf, wrong } from '../finding.ts';
import { checkScopes, clientsAt, unreachable } from './slack.ts';

/** So many workspaces are asked for: enough to see what is wrong. */
const MOST = 20;

/** The workspaces that have installed the app: whether their tokens can be opened, and Slack takes them. */
export async function checkInstallations(config: Config): Promise<Finding[]> {
  const { slack, mongodbUri, dataDir } = config;
  if (slack?.way.kind !== 'http') return [];
  const uri = mongodbUri ?? (await heldAt(dataDir).catch(() => undefined));
  // The embedded store can be asked only while Convenor runs.
  if (!uri) return [];
  const clientOf = clientsAt(slack.apiUrl);
  const rows = await installedIn(uri).catch(() => []);
  const findings: Finding[] = [];
  for (const row of rows) findings.push(...(await checkInstallation(row, slack.way, clientOf)));
  return findings;
}

async function installedIn(uri: string): Promise<Installed[]> {
  const { stores, close } = await look(uri, [installations]);
  try {
    const rows = await stores.global(installations).find({ index: 'byId', limit: MOST });
    return rows.filter(({ botToken }) => botToken !== null);
  } finally {
    await close();
  }
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

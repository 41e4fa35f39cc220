import { inspectStore, type StoreInspection } from '../../adapters/mongo/inspect-store.ts';
import { checkClock } from './clock.ts';
import { type Finding, good, reasonOf, wrong } from './finding.ts';

const SUBJECT = 'MongoDB';

/** https://www.mongodb.com/docs/drivers/node/current/compatibility/ */
const MIN_VERSION = [6, 0] as const;

/** Checks that MongoDB answers, is recent enough, and agrees with this machine's clock. Changes nothing there. */
export async function checkMongodb(uri: string): Promise<Finding[]> {
  let found: StoreInspection;
  try {
    found = await inspectStore(uri, []);
  } catch (error) {
    return [wrong(SUBJECT, `It cannot be used (${reasonOf(error)}).`, remedyFor(error))];
  }
  await found.close();
  return [checkVersion(found), checkSchema(found), checkClock(SUBJECT, found.ahead)];
}

function checkVersion({ version }: StoreInspection): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < MIN_VERSION[0] || (major === MIN_VERSION[0] && minor < MIN_VERSION[1]);
  return isOld
    ? wrong(
        SUBJECT,
        `It is ${version}.`,
        `Update it: Convenor needs ${MIN_VERSION.join('.')} or later.`,
      )
    : good(SUBJECT, `It answers, and is ${version}.`);
}

function checkSchema({ schemaVersion = 0, knownVersion }: StoreInspection): Finding {
  return schemaVersion > knownVersion
    ? wrong(
        SUBJECT,
        `A newer Convenor has used it (schema ${schemaVersion}; this one knows ${knownVersion}).`,
        'Update this one: "Updating" in docs/install.md says how.',
      )
    : good(SUBJECT, 'What is in it suits this Convenor.');
}

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const ACCESS_DENIED_CODES = [13, 18, 8000];

function remedyFor(error: unknown): string {
  const { code } = error as { code?: unknown };
  return ACCESS_DENIED_CODES.includes(Number(code))
    ? 'Correct the user and password in MONGODB_URI; marks in a password are percent-encoded. The user needs readWrite on the database.'
    : 'Is it running (systemctl status mongod), does MONGODB_URI name it, and may this machine reach it?';
}

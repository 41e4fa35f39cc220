import { type Look, look } from '../../adapters/mongo/look.ts';
import { type Finding, good, reasonOf, wrong } from '../finding.ts';
import { checkClock } from './clock.ts';

const ABOUT = 'MongoDB';

/** The oldest that will do: https://www.mongodb.com/docs/drivers/node/current/compatibility/ */
const OLDEST = [4, 4] as const;

/** MongoDB: whether it answers, and suits. Nothing is made or changed there. */
export async function checkMongodb(uri: string): Promise<Finding[]> {
  let found: Look;
  try {
    found = await look(uri, []);
  } catch (error) {
    return [wrong(ABOUT, `It cannot be used (${reasonOf(error)}).`, remedyFor(error))];
  }
  await found.close();
  return [checkVersion(found), checkSchema(found), checkClock(ABOUT, found.ahead)];
}

function checkVersion({ version }: Look): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return isOld
    ? wrong(ABOUT, `It is ${version}.`, `Update it: Convenor needs ${OLDEST.join('.')} or later.`)
    : good(ABOUT, `It answers, and is ${version}.`);
}

function checkSchema({ schemaVersion = 0, knownVersion }: Look): Finding {
  return schemaVersion > knownVersion
    ? wrong(
        ABOUT,
        `A newer Convenor has used it (schema ${schemaVersion}; this one knows ${knownVersion}).`,
        'Update this one: "Updating" in docs/install.md says how.',
      )
    : good(ABOUT, 'What is in it suits this Convenor.');
}

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const DENIED = [13, 18, 8000];

function remedyFor(error: unknown): string {
  const { code } = error as { code?: unknown };
  return DENIED.includes(Number(code))
    ? 'Mend the user and password in MONGODB_URI; marks in a password are percent-encoded. The user needs readWrite on the database.'
    : 'Is it running (systemctl status mongod), does MONGODB_URI name it, and may this machine reach it?';
}

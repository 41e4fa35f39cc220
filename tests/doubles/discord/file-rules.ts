import { ComponentType as Kind } from 'discord.js';
import { type Json, objectOf, textOf } from '../json.ts';
import { partsOf } from './components.ts';
import { type Problem, problemIf } from './problem.ts';
import type { SentFile } from './server.ts';

/** For all files of a message together: https://docs.discord.com/developers/reference#uploading-files */
const MAX_TOTAL_BYTES = 10 * 1024 * 1024;

/** Other characters are not found in `attachment://`: https://docs.discord.com/developers/reference#uploading-files */
const NAME = /^[A-Za-z0-9._-]+$/;

/** What is wrong with the files of a new message, and with the components that name them. */
export function fileProblems(given: Json, files: readonly SentFile[]): Problem[] {
  const total = files.reduce((all, { bytes }) => all + bytes.length, 0);
  const names = files.map(({ name }) => name);
  const shown = partsOf(given.components).filter(({ part }) => part.type === Kind.File);
  const referred = shown.map(({ part }) =>
    textOf(objectOf(part.file).url).replace(/^attachment:\/\//, ''),
  );
  return [
    ...problemIf(total > MAX_TOTAL_BYTES, ['files'], 'Request entity too large'),
    ...files.flatMap(({ key, name, bytes }, index) => [
      ...problemIf(key !== `files[${index}]`, ['files', index], `The part is called ${key}.`),
      ...problemIf(!NAME.test(name), ['files', index], `No component finds "${name}".`),
      ...problemIf(bytes.length === 0, ['files', index], 'File cannot be empty'),
    ]),
    ...shown.flatMap(({ path }, index) =>
      problemIf(
        !names.includes(referred[index] ?? ''),
        [...path, 'file', 'url'],
        'The referenced attachment was not found',
      ),
    ),
    // With components, a file that none of them names is not shown.
    ...names.flatMap((name, index) =>
      problemIf(
        shown.length > 0 && !referred.includes(name),
        ['files', index],
        `Nobody sees "${name}".`,
      ),
    ),
  ];
}

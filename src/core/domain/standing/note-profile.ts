import type { Identity, Profile } from '../../message/invocation.ts';
import type { Directory } from '../directory/directory.ts';
import { type CloseAccessDeps, closeAccess } from './close-access.ts';
import { type Standing, standingOf } from './standing.ts';

interface NoteProfileDeps extends CloseAccessDeps {
  directory: Directory;
}

/**
 * The standing of an identity. If its profile says that it has just lost its access, that is recorded, and coordinators
 * are told.
 * @param profile what the platform says of them now; undefined: it says nothing.
 */
export async function noteProfile(
  identity: Identity,
  profile: Profile | undefined,
  { directory, ...deps }: NoteProfileDeps,
): Promise<Standing> {
  const standing = standingOf(identity, profile, directory);
  if (standing.is === 'out' && standing.loss)
    await closeAccess(identity, standing.loss, standing.member, deps);
  return standing;
}

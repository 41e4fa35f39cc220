import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { MemberView, StateView } from '../wire.ts';

/** Who looks at what, and when: what every part of the page may need to show something. */
export interface Scene {
  state: StateView;
  me: MemberView;
}

export const SceneContext = createContext<Scene | undefined>(undefined);

/** The scene the page is in. */
export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error('There is no scene around this part of the page.');
  return scene;
}

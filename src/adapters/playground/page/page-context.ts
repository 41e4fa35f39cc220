import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { MemberView, StateView } from '../wire.ts';

/** What every part of the page may need: the server's state, and the member one speaks as. */
export interface PageContext {
  state: StateView;
  me: MemberView;
}

export const pageContext = createContext<PageContext | undefined>(undefined);

export function usePageContext(): PageContext {
  const context = useContext(pageContext);
  if (!context) throw new Error('There is no page context around this part of the page.');
  return context;
}

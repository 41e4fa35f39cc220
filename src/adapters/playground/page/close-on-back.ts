/** The state of the entry in the browser's history that an open dialog adds. */
const DIALOG = 'dialog';

/** What closes each open dialog, the topmost last. */
const closers: (() => void)[] = [];
/** Whether we are going back ourselves, to remove the entry of a dialog that was closed. */
let isGoingBack = false;

function addEntry(): void {
  // After a reload the entry is there already.
  if (history.state !== DIALOG) history.pushState(DIALOG, '');
}

window.addEventListener('popstate', () => {
  if (!isGoingBack) return closers.at(-1)?.();
  isGoingBack = false;
  if (closers.length > 0) addEntry();
});

/**
 * Makes the browser's Back close a dialog instead of leaving the page.
 * @returns a function to call when the dialog is gone.
 */
export function closeOnBack(close: () => void): () => void {
  closers.push(close);
  if (!isGoingBack) addEntry();
  return () => {
    closers.splice(closers.indexOf(close), 1);
    // Later, because another dialog may take the place of this one.
    setTimeout(() => {
      if (closers.length > 0 || isGoingBack || history.state !== DIALOG) return;
      isGoingBack = true;
      history.back();
    });
  };
}

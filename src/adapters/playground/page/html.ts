import htm from 'htm';
import { h } from 'preact';

/** Templates, such as `` html`<p>${text}</p>` ``. Values become text nodes or properties, never markup. */
export const html = htm.bind(h);

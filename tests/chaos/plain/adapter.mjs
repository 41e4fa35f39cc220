import { plainText } from '../../../dist/core/message/rich-text.js';

/** The adapter of the plain platform. @param {{ url: string }} options */
export function openAdapter({ url }) {
  return {
    platform: 'plain',
    async start() {},
    async send({ delivery, reply }) {
      const text = plainText(reply.text, 'Europe/London');
      const body = JSON.stringify({ delivery, text });
      const response = await fetch(url, { method: 'POST', body });
      return { outcome: 'sent', id: (await response.json()).id };
    },
    async profileOf({ user: name }) {
      return { name, zone: null, standing: 'full' };
    },
    async edit() {
      return { outcome: 'permanent', reason: 'Messages cannot be edited here.' };
    },
    async findSent({ delivery }) {
      const response = await fetch(`${url}?${new URLSearchParams({ delivery })}`);
      return (await response.json()).id;
    },
    async stop() {},
  };
}

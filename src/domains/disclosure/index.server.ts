/** Server door of the disclosure domain. */
export { readPublished, storePublished } from './published-store.server.ts';

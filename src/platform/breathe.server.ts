/** Gives the event loop its turn: on the embedded engine a long run answers without ever leaving it, and nobody else would be served. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

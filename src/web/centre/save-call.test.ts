import { describe, expect, it } from 'vitest';
import { sendSave } from './save-call.ts';
import { type QueuedSave, SaveQueue } from './save-queue.ts';

const save = (key: string): QueuedSave => ({ saveId: key, responseId: 'r', dataYear: 2025, key, answer: { state: 'value', value: 'x' }, base: '' });
const answering = (status: number, body: string) => async () => new Response(body, { status });
const json = (message: string): string => JSON.stringify({ error: { code: 'x', message } });

describe('the answer to a save', () => {
  it('is a receipt, a refusal with its sentence, or a reason to try again', async () => {
    expect(await sendSave(save('a'), answering(200, '{"receipt":{}}'))).toEqual({ kind: 'saved' });
    expect(await sendSave(save('a'), answering(400, json('Un nombre est attendu.')))).toEqual({ kind: 'refused', message: 'Un nombre est attendu.', signIn: false });
    expect(await sendSave(save('a'), answering(401, json('Reconnectez-vous.')))).toMatchObject({ kind: 'refused', signIn: true });
    expect(await sendSave(save('a'), answering(409, JSON.stringify({ error: { message: 'Deux valeurs.', conflict: { saveId: 'a' } } })))).toEqual({ kind: 'conflict', conflict: { saveId: 'a' } });
    expect(await sendSave(save('a'), answering(200, '<h1>Wi-Fi de la gare</h1>'))).toEqual({ kind: 'unreachable' });
    for (const status of [429, 500, 503]) expect(await sendSave(save('a'), answering(status, ''))).toEqual({ kind: 'unreachable' });
    expect(await sendSave(save('a'), async () => Promise.reject(new TypeError('network')))).toEqual({ kind: 'unreachable' });
  });

  it('is a refusal even in words that are not ours: what follows in the queue is not held up', async () => {
    const sent: string[] = [];
    const queue = new SaveQueue({
      store: { list: async () => [], put: async () => {}, remove: async () => {} },
      send: (one) => {
        sent.push(one.key);
        return sendSave(one, one.key === 'long' ? answering(413, '<h1>Request Entity Too Large</h1>') : answering(200, '{"receipt":{}}'));
      },
      newId: () => `id-${sent.length}`, changed: () => {}, wait: () => new Promise(() => {}),
    });
    queue.add(save('long'));
    queue.add(save('next'));
    await queue.run();
    expect(sent).toEqual(['long', 'next']);
    expect([...queue.refused]).toEqual([['2025 long', expect.stringMatching(/trop longue.*raccourcissez/) as string]]);
  });
});

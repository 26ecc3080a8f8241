import { describe, expect, it } from 'vitest';
import { type QueuedSave, SaveQueue, type SendResult } from './save-queue.ts';

function queueOf(answers: (SendResult | ((save: QueuedSave) => Promise<SendResult>))[], stored = '[]') {
  const sent: QueuedSave[] = [];
  let kept = stored;
  let n = 0;
  const queue = new SaveQueue({
    store: { read: () => kept, write: (text) => void (kept = text) },
    send: async (save) => {
      sent.push(save);
      const next = answers.shift() ?? { kind: 'saved' };
      return typeof next === 'function' ? next(save) : next;
    },
    newId: () => `id-${++n}`,
    changed: () => {},
    wait: async () => {},
  });
  return { queue, sent, kept: () => JSON.parse(kept) as QueuedSave[] };
}
const save = (key: string, answer: unknown = 1) => ({ responseId: 'r', dataYear: 2025, key, answer });

describe('the queue of saves', () => {
  it('sends again with the same identifier until the server has answered, then forgets', async () => {
    const { queue, sent, kept } = queueOf([{ kind: 'unreachable' }, { kind: 'unreachable' }, { kind: 'saved' }]);
    queue.add(save('a'));
    await queue.run();
    expect(sent.map((s) => s.saveId)).toEqual(['id-1', 'id-1', 'id-1']);
    expect(kept()).toEqual([]);
  });

  it('keeps the last answer of a question that has not left, and never touches the one on its way', async () => {
    let release = (): void => {};
    const { queue, sent } = queueOf([() => new Promise((resolve) => (release = () => resolve({ kind: 'saved' })))]);
    queue.add(save('a', 1));
    queue.add(save('a', 2));
    queue.add(save('a', 3));
    queue.add(save('b', 9));
    await Promise.resolve();
    release();
    await queue.run();
    expect(sent.map((s) => [s.key, s.answer])).toEqual([['a', 1], ['a', 3], ['b', 9]]);
  });

  it('finds after a restart what had not been acknowledged', async () => {
    const left: QueuedSave = { ...save('a'), saveId: 'old' };
    const { queue, sent } = queueOf([], JSON.stringify([left]));
    expect(queue.pending).toEqual([left]);
    await queue.run();
    expect(sent).toEqual([left]);
  });

  it('tells a refusal beside its question and goes on; stops and keeps everything when the session is over', async () => {
    const { queue, kept } = queueOf([{ kind: 'refused', message: 'Non.', signIn: false }, { kind: 'refused', message: 'Reconnectez-vous.', signIn: true }]);
    queue.add(save('a'));
    queue.add(save('b'));
    await queue.run();
    expect(queue.refused.get('2025 a')).toBe('Non.');
    expect(queue.signedOut).toBe(true);
    expect(kept().map((s) => s.key)).toEqual(['b']);
  });

  describe('of two windows on one store', () => {
    const windowOn = (box: { text: string | null }, name: string, send: (save: QueuedSave) => Promise<SendResult>) => {
      let n = 0;
      return new SaveQueue({
        store: { read: () => box.text, write: (text) => void (box.text = text) },
        send, newId: () => `${name}-${++n}`, changed: () => {}, wait: () => new Promise(() => {}),
      });
    };
    const offline = async (): Promise<SendResult> => ({ kind: 'unreachable' });
    const keysIn = (box: { text: string | null }) => (JSON.parse(box.text ?? '[]') as QueuedSave[]).map((s) => `${s.key}=${String(s.answer)}`).toSorted();

    it('keeps what each has waiting, and removes only what was acknowledged', async () => {
      const box = { text: null as string | null };
      let release = (): void => {};
      const first = windowOn(box, 'one', () => new Promise((resolve) => (release = () => resolve({ kind: 'saved' }))));
      const second = windowOn(box, 'two', offline);
      first.add(save('a'));
      second.add(save('b'));
      expect(keysIn(box)).toEqual(['a=1', 'b=1']);
      release();
      await first.run();
      expect(keysIn(box)).toEqual(['b=1']);
      expect(second.pending.map((s) => s.key)).toEqual(['b']);
    });

    it('does not send again an older answer that the other window has replaced or sent', async () => {
      const box = { text: null as string | null };
      const sent: unknown[] = [];
      const first = windowOn(box, 'one', offline);
      first.add(save('a', 1));
      first.add(save('b', 1));
      const second = windowOn(box, 'two', async (s) => {
        sent.push(`${s.key}=${String(s.answer)}`);
        return { kind: 'saved' };
      });
      first.add(save('b', 2));
      expect(keysIn(box)).toEqual(['a=1', 'b=2']);
      await second.run();
      expect(sent).toEqual(['a=1']);
      expect(keysIn(box)).toEqual(['b=2']);
    });

    it('keeps what was typed when the store cannot be written', () => {
      const queue = new SaveQueue({ store: { read: () => null, write: () => {} }, send: offline, newId: () => 'x', changed: () => {}, wait: () => new Promise(() => {}) });
      queue.add(save('a'));
      expect(queue.pending.map((s) => s.key)).toEqual(['a']);
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { KeptAnswer } from '../../domains/entry/index.ts';
import { type Answer, answerFingerprint } from '../../domains/questionnaire/index.ts';
import { type QueuedSave, SaveQueue, type SendResult } from './save-queue.ts';

type Reply = SendResult | ((save: QueuedSave) => Promise<SendResult>);
const of = (value: number): Answer => ({ state: 'value', value });
const fp = (value: number): string => answerFingerprint(of(value));

function queueOf(replies: Reply[] = [], left: readonly QueuedSave[] = [], broken = false) {
  const sent: QueuedSave[] = [];
  const kept = new Map(left.map((s) => [s.saveId, s]));
  const conflicts: string[] = [];
  let n = 0;
  const queue = new SaveQueue({
    store: {
      list: async () => (broken ? Promise.reject(new Error('closed')) : [...kept.values()]),
      put: async (save) => (broken ? Promise.reject(new Error('closed')) : void kept.set(save.saveId, save)),
      remove: async (ids) => void ids.forEach((id) => kept.delete(id)),
    },
    send: async (save) => {
      sent.push(save);
      const next = replies.shift() ?? { kind: 'saved' };
      return typeof next === 'function' ? next(save) : next;
    },
    newId: () => `id-${++n}`,
    changed: () => {},
    conflict: (save) => void conflicts.push(save.saveId),
    wait: async () => {},
  });
  return { queue, sent, kept, conflicts };
}
const save = (key: string, value = 1, more: Partial<QueuedSave> = {}) => ({ responseId: 'r', dataYear: 2025, key, answer: of(value), base: '', ...more });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
/** A reply that waits until it is released. */
function held(result: SendResult): { readonly reply: Reply; readonly release: () => void } {
  let release = (): void => {};
  const reply = () => new Promise<SendResult>((resolve) => (release = () => resolve(result)));
  return { reply, release: () => release() };
}
const conflict = { kind: 'conflict', conflict: { saveId: 'x' } as KeptAnswer } as const;

describe('the queue of saves', () => {
  it('sends again with the same identifier until the server has answered, then forgets', async () => {
    const { queue, sent, kept } = queueOf([{ kind: 'unreachable' }, { kind: 'unreachable' }, { kind: 'saved' }]);
    queue.add(save('a'));
    await settled();
    expect(sent.map((s) => s.saveId)).toEqual(['id-1', 'id-1', 'id-1']);
    expect([kept.size, queue.pending.length]).toEqual([0, 0]);
  });

  it('keeps the last answer of a question that has not left, and never touches the one on its way', async () => {
    const first = held({ kind: 'saved' });
    const { queue, sent } = queueOf([first.reply]);
    queue.add(save('a', 1));
    await settled();
    queue.add(save('a', 2));
    queue.add(save('a', 3));
    queue.add(save('b', 9));
    first.release();
    await queue.run();
    expect(sent.map((s) => [s.key, s.answer])).toEqual([['a', of(1)], ['a', of(3)], ['b', of(9)]]);
  });

  it('says what its author saw: the base of the one that it replaces, the value of the one ahead', async () => {
    const first = held({ kind: 'saved' });
    const { queue, sent } = queueOf([first.reply]);
    queue.add(save('a', 1, { base: fp(7) }));
    queue.add(save('a', 2, { base: 'not seen' }));
    await settled();
    queue.add(save('a', 3, { base: 'not seen' }));
    queue.add(save('a', 4, { base: 'not seen' }));
    first.release();
    await queue.run();
    expect(sent.map((s) => [s.answer, s.base])).toEqual([[of(2), fp(7)], [of(4), fp(2)]]);
  });

  it('tells a conflict, and lets the answer behind stand on what the refused one stood on and take its place in waiting', async () => {
    const first = held(conflict);
    const { queue, sent, conflicts, kept } = queueOf([first.reply, conflict]);
    queue.add(save('a', 1, { base: fp(7) }));
    await settled();
    queue.add(save('a', 2));
    first.release();
    await settled();
    expect(sent.map((s) => [s.base, s.settles])).toEqual([[fp(7), undefined], [fp(7), ['id-1']]]);
    expect(conflicts).toEqual(['id-1', 'id-2']);
    expect(kept.size).toBe(0);
  });

  it('tells a refusal beside its question and goes on; stops and keeps everything when the session is over', async () => {
    const { queue, kept } = queueOf([{ kind: 'refused', message: 'Non.', signIn: false }, { kind: 'refused', message: 'Reconnectez-vous.', signIn: true }]);
    queue.add(save('a'));
    queue.add(save('b'));
    await settled();
    expect(queue.refused.get('2025 a')).toBe('Non.');
    expect(queue.signedOut).toBe(true);
    expect([...kept.values()].map((s) => s.key)).toEqual(['b']);
  });

  it('keeps what is being typed without sending it, and sends it when it is left', async () => {
    const { queue, sent, kept } = queueOf();
    queue.add(save('a', 1, { draft: true }));
    queue.add(save('a', 12, { draft: true }));
    await settled();
    expect([sent.length, [...kept.values()].map((s) => s.answer)]).toEqual([0, [of(12)]]);
    queue.add(save('a', 123));
    await settled();
    expect(sent.map((s) => s.answer)).toEqual([of(123)]);
    expect(kept.size).toBe(0);
  });

  it('finds after a restart what had not been acknowledged, drafts too, each under its own identifier', async () => {
    const left: QueuedSave[] = [{ ...save('a'), saveId: 'old' }, { ...save('b', 2), saveId: 'typed', draft: true }];
    const { queue, sent } = queueOf([], left);
    await queue.opened;
    expect(queue.pending.map((s) => s.saveId)).toEqual(['old', 'typed']);
    await queue.run();
    expect(sent.map((s) => s.saveId)).toEqual(['old', 'typed']);
  });

  it('says whether what waits would outlive the page, and works without a store', async () => {
    const good = queueOf([{ kind: 'refused', message: '', signIn: true }]);
    good.queue.add(save('a'));
    await settled();
    expect(good.queue.safe).toBe(true);
    const bad = queueOf([{ kind: 'refused', message: '', signIn: true }], [], true);
    bad.queue.add(save('a'));
    await settled();
    expect([bad.queue.safe, bad.queue.pending.length]).toEqual([false, 1]);
  });
});

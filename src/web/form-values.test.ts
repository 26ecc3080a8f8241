import { describe, expect, it } from 'vitest';
import { newId } from '../kernel/identifier.ts';
import { readForm, requireUuid, requireYear, unknownAct, yearIn } from './form-values.ts';

const statusOf = (read: () => unknown): number => {
  try {
    read();
    return 200;
  } catch (thrown) {
    return (thrown as Response).status;
  }
};

describe('what comes from a form or an address', () => {
  const post = (body: BodyInit, headers: { [name: string]: string } = {}): Request => new Request('http://localhost/', { method: 'POST', body, headers });

  it('is plain text, several values and whole files', async () => {
    const sent = new FormData();
    sent.append('message', 'Merci\0 \u0007beaucoup');
    sent.append('point', '2025:a');
    sent.append('point', '2025:b');
    sent.append('fichier', new File([new Uint8Array([0, 1, 2])], 'registre.csv'));
    const form = await readForm(post(sent));
    expect([form.get('message'), form.getAll('point')]).toEqual(['Merci beaucoup', ['2025:a', '2025:b']]);
    const file = form.get('fichier') as File;
    expect([file.name, [...new Uint8Array(await file.arrayBuffer())]]).toEqual(['registre.csv', [0, 1, 2]]);
    expect((await readForm(post('motif=a%00b&x=1', { 'Content-Type': 'application/x-www-form-urlencoded' }))).get('motif')).toBe('ab');
  });

  it('is refused when it is no form, or only a part of one', async () => {
    for (const request of [post('{}', { 'Content-Type': 'application/json' }), post('--x\r\nContent-Disp', { 'Content-Type': 'multipart/form-data; boundary=x' })])
      // oxlint-disable-next-line no-await-in-loop -- two
      expect(await readForm(request).then(() => 200, (thrown: Response) => thrown.status)).toBe(400);
  });

  it('is a year of four digits or none: nothing that a database would choke on', () => {
    expect(yearIn('2026')).toBe(2026);
    for (const bad of ['', '26', '99999999999', '2026.5', ' 2026', 'NaN', '3e3', null, undefined, 2026]) expect(yearIn(bad)).toBeUndefined();
    expect(statusOf(() => requireYear('xx'))).toBe(400);
  });

  it('is an identifier, or is refused before it reaches the database', () => {
    const id = newId();
    expect(requireUuid(id)).toBe(id);
    for (const bad of ['xx', '', null, `${id}'`, id.toUpperCase()]) expect(statusOf(() => requireUuid(bad))).toBe(404);
  });

  it('names a known act, or nothing is done', async () => {
    expect(unknownAct().status).toBe(400);
    expect(((await unknownAct().json()) as { message: string }).message).toMatch(/rechargez/);
  });
});

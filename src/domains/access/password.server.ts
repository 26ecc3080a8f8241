/** Passwords: scrypt (RFC 7914) with N = 2^17, r = 8, p = 1, as the OWASP password storage cheat sheet advises. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const COST = 2 ** 17;
const BLOCK = 8;
const LENGTH = 32;

/** Derivations that wait, the one at work included: at a third of a second each, the last waits about four seconds. */
export const LONGEST_LINE = 12;

/** More wait than may: nothing was derived. */
export class LineIsFull extends Error {}

/** One derivation at a time: each holds 128 MB, and anyone may ask for one. */
let turn: Promise<unknown> = Promise.resolve();
let waiting = 0;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= LONGEST_LINE) return Promise.reject(new LineIsFull());
  waiting += 1;
  const mine = turn.then(work, work).finally(() => (waiting -= 1));
  turn = mine.catch(() => {});
  return mine;
}

const derive = (password: string, salt: Buffer, cost: number, block: number, parallel: number): Promise<Buffer> =>
  inTurn(() => new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, LENGTH, { N: cost, r: block, p: parallel, maxmem: 256 * cost * block }, (error, key) => (error ? reject(error) : resolve(key)));
  }));

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return [COST, BLOCK, 1, salt.toString('base64'), (await derive(password, salt, COST, BLOCK, 1)).toString('base64')].join('$');
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [cost, block, parallel, salt, key] = stored.split('$');
  if (!cost || !block || !parallel || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), Number(cost), Number(block), Number(parallel));
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

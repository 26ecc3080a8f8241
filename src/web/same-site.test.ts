import { expect, it } from 'vitest';
import { isFromThisSite } from './same-site.ts';

const PUBLIC = 'https://senacs.exemple.fr';

it.each([
  ['a page of this host', { origin: 'http://localhost:3000', host: 'localhost:3000' }, true],
  ['a page of the public address, behind a proxy that names another host', { origin: PUBLIC, host: '10.0.0.7:3000' }, true],
  ['another site', { origin: 'https://ailleurs.example', host: 'senacs.exemple.fr' }, false],
  ['another site that has a proxy of ours before it', { origin: 'https://ailleurs.example', host: '10.0.0.7:3000' }, false],
  ['an origin that is none', { origin: 'n’importe quoi', host: 'localhost:3000' }, false],
  ['a window without origin, of another site', { origin: 'null', host: 'localhost:3000', 'sec-fetch-site': 'cross-site' }, false],
  ['a form of this site without origin', { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' }, true],
  ['a program', { host: 'localhost:3000' }, true],
] as const)('%s', (_, headers, expected) => {
  expect(isFromThisSite(headers, PUBLIC)).toBe(expected);
});

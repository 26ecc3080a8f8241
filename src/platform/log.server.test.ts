import { expect, it } from 'vitest';
import { describeFailure, SpokenFailure } from './log.server.ts';

class OurOwn extends SpokenFailure {}

it('says of a failure where and what kind, never words that may quote an answer', () => {
  const secret = 'Bilan confidentiel 123 456';
  const failures = [new Error(secret), new TypeError(`Cannot read properties of undefined (reading '${secret}')`), new RangeError(secret), new SyntaxError(secret), Object.assign(new Error(secret), { code: '23505', constraint: 'one_receipt_per_save' }), secret];
  for (const failure of failures) expect(JSON.stringify(describeFailure(failure))).not.toContain('confidentiel');
  expect(describeFailure(failures[4])).toMatchObject({ failure: 'Error', code: '23505', constraint: 'one_receipt_per_save', message: null });
  expect(describeFailure(failures[1])['stack']).toContain('log.server.test.ts');
  expect(describeFailure(new OurOwn('typesetting: template_failed'))).toMatchObject({ message: 'typesetting: template_failed' });
});

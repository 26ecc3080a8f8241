import { expect, it } from 'vitest';
import { approvalsBetween } from './approvals-between.ts';

it('fills the years between two approvals, four at most each, without a gap', () => {
  expect(approvalsBetween('2017-12-31', '2023-07-01')).toEqual([
    { start: '2018-01-01', end: '2021-12-31' },
    { start: '2022-01-01', end: '2023-06-30' },
  ]);
  expect(approvalsBetween('2022-12-31', '2023-01-01')).toEqual([]);
});

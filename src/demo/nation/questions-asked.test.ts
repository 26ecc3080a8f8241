import { describe, expect, it } from 'vitest';
import type { Answers, AnswerValue } from '../../domains/questionnaire/index.ts';
import { questionsAsked } from './questions-asked.ts';

const sheet = (values: { readonly [key: string]: AnswerValue }): Answers => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { state: 'value' as const, value }]));

describe('what is asked of a response with a mistake', () => {
  const before = sheet({ reception_visits: 9000, volunteer_hours_activities: 1200, partners_count: 30 });

  it('names the one number that is ten times that of last year', () => {
    expect(questionsAsked('factor_ten', sheet({ reception_visits: 9100, volunteer_hours_activities: 12_300, partners_count: 31 }), before)).toMatchObject({ keys: ['volunteer_hours_activities'], message: expect.stringContaining('dix fois') });
  });

  it('never speaks of last year about a question that nobody could answer, then or now', () => {
    const unknown: Answers = { ...sheet({ partners_count: 31 }), reception_visits: { state: 'unknown' } };
    expect(questionsAsked('factor_ten', unknown, { ...before, reception_visits: { state: 'unknown' } })).toMatchObject({ keys: ['partners_count'], message: expect.not.stringContaining('an passé') });
  });

  it('asks about participation only where there was some before and none is left', () => {
    expect(questionsAsked('empty_participation', sheet({ coconstructed_projects: 0 }), sheet({ coconstructed_projects: 4 })).keys).toEqual(['coconstructed_projects']);
    expect(questionsAsked('empty_participation', sheet({ coconstructed_projects: 0 }), sheet({ coconstructed_projects: 0 })).keys).toEqual(['partners_count']);
  });
});

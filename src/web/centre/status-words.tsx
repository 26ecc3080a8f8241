/** What the bar of a form says of what is saved, with a link to each question that is not. */
import { Fragment } from 'react';
import { anchorOf } from './question-field.tsx';
import type { SaveStatus } from './save-status.ts';

export const StatusWords = ({ text, questions }: Pick<SaveStatus, 'text' | 'questions'>) => (
  <>
    {text}
    {questions.map((q, i) => (
      <Fragment key={q.key}>
        {i === 0 ? ' ' : ', '}
        <a href={`#${anchorOf(q.key)}-bloc`}>{q.code}</a>
      </Fragment>
    ))}
  </>
);

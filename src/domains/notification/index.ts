export type * from './model.ts';
export { fillLetter, type Letter, type LetterValues, parseLetter } from './letter.ts';

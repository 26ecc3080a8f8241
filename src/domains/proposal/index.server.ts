/** What the server knows of proposals: the guides that it hands to the browser, and the places kept for next year. Never a file. */
export { readFileGuides } from './guides.server.ts';
export { keepChoices, keptChoicesOf } from './kept-choices.server.ts';

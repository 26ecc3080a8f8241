/**
 * Text as a person meant it. Copying from a word processor or a PDF brings characters that nobody sees: some of them PostgreSQL refuses (NUL, half
 * of a surrogate pair), others break a spreadsheet or a PDF. They are taken out where a text enters, without a word: nobody could correct them.
 */

/** The line breaks of word processors (vertical tabulation, form feed, NEL, line and paragraph separators). */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const OTHER_BREAKS = /[\u000b\u000c\u0085\u2028\u2029]/g;
/** Controls of Unicode (categories C0 and C1), except tabulation and the two line breaks. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/** `text` without control characters; other line breaks become `\n`, half a surrogate pair the sign of a lost character (U+FFFD). */
export const plainText = (text: string): string => text.replace(OTHER_BREAKS, '\n').replace(CONTROLS, '').toWellFormed();

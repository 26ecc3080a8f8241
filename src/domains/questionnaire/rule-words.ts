/** The message of a rule as a reader sees it: a version in use keeps its words, the page says the year that they mean. */

/** « depuis N-1 » is « depuis 2024 » for the answers of 2025. `dataYear`: the year judged. */
export const ruleWords = (message: string, dataYear: number): string => message.replaceAll(/(?<![\p{L}\d])N-1(?!\d)/gu, String(dataYear - 1));

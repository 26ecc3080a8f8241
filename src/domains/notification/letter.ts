/** A letter is a text with `{{names}}`: its first line is the subject, the rest its body. Filling is strict: a missing value is a fault of ours. */
export interface Letter {
  readonly subject: string;
  readonly body: string;
}

export type LetterValues = { readonly [name: string]: string | number };

/** Cuts the text of a letter file: `Objet : …` on the first line, an empty line, the body. Throws when the first line is no subject. */
export function parseLetter(text: string): Letter {
  const [first = '', ...rest] = text.replaceAll('\r\n', '\n').split('\n');
  const subject = /^Objet\s*:\s*(.+)$/.exec(first)?.[1];
  if (!subject) throw new Error('a letter begins with « Objet : … »');
  return { subject: subject.trim(), body: rest.join('\n').trim() };
}

/** The letter with its names replaced. Throws when a name has no value. */
export function fillLetter(letter: Letter, values: LetterValues): Letter {
  const fill = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`letter without a value for « ${name} »`);
      return String(value);
    });
  return { subject: fill(letter.subject), body: fill(letter.body) };
}

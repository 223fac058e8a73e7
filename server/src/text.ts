/** The languages that users read. */
export type Language = 'en' | 'zh-cn';

/** One sentence in every language. Code formatting uses backticks; faces that cannot show them leave them as they are. */
export type Text = Readonly<Record<Language, string>>;

/** A text that needs no translation: a name, a number, a command. */
export function verbatim(text: string): Text {
  return { en: text, 'zh-cn': text };
}

/** Answers by letters, as quizzes on paper have them. */

export function letterOf(index: number): string {
  return String.fromCharCode(0x41 + index);
}

/** One a line: `A. Perth`. */
export function lettered(answers: readonly string[], mark: string): string {
  return answers.map((answer, index) => `${letterOf(index)}${mark}${answer}\n`).join('');
}

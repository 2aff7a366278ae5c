/** One question a line, always with the same nine keys in the same order (docs/spec/questions.md Q30). */
import type { Question } from '../question.ts';

/** An explanation that is not there is null. What few questions have follows after the nine keys, where it is there; a picture by its file beside this one, if that is named. */
export function jsonlLine(question: Question, pictureFile?: string): string {
  const { id, topic, kind, text, answers, correct, explanation = null, source, quality } = question;
  const { language, number, windowMs, points } = question;
  const image = imageOf(question, pictureFile);
  const line = {
    ...{ id, topic, kind, text, answers, correct, explanation, source, quality },
    // What says no language is English.
    ...(language === 'en' ? {} : { language }),
    ...{ number, image, windowMs, points },
  };
  return `${JSON.stringify(line)}\n`;
}

function imageOf({ image }: Question, file: string | undefined) {
  return image && file !== undefined ? { file, alt: image.alt } : image;
}

/** The short names in a question: its id, its topic, its language. */
import { z } from 'zod';

export const Topic = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u)
  .brand<'Topic'>();
export const QuestionId = z
  .string()
  .regex(/^[a-z2-7]{16}$/u)
  .brand<'QuestionId'>();
/** BCP 47 as far as trivia needs it: language, then script, region or variant subtags. */
export const Language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u)
  .brand<'Language'>();

export type Topic = z.infer<typeof Topic>;
export type QuestionId = z.infer<typeof QuestionId>;
export type Language = z.infer<typeof Language>;

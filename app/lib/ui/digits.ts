/** The first six digits in whatever was typed or pasted: `482 917`, `482-917`, a whole link with the code at its end. */
export function digitsOf(text: string): string {
  const link = /\/j\/(\d{6})\b/u.exec(text);
  return (link?.[1] ?? text.replace(/\D/gu, '')).slice(0, 6);
}

/** True when the system or the reader asks for less motion. */
export function prefersLessMotion(): boolean {
  return (
    document.documentElement.dataset.motion === 'less' ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

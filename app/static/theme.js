// zod would try `new Function`, which the page's policy refuses and reports.
globalThis.__zod_globalConfig = { jitless: true };
// Before the first paint: the kept theme, or the system's. The app takes over in lib/play/profile.svelte.ts.
(() => {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('fairground.profile')) ?? {};
  } catch {
    // storage is forbidden or damaged: the system decides
  }
  const light = kept.theme === 'light' || (kept.theme !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
  // No white flash while the style sheets are on their way.
  document.documentElement.style.backgroundColor = light ? '#f3ecdf' : '#12141a';
  if (kept.motion === 'less') document.documentElement.dataset.motion = 'less';
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', light ? '#f3ecdf' : '#12141a');
})();

/** A link that opens something on this page: what the browser does with a link in a new tab or window stays its business. */
export function inPlace(event: MouseEvent, open: () => void): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open();
}

/** What this page may use. A LAN address over plain http is no secure context: each is looked for, none is taken for granted. */
export type Ability = 'protectedKey' | 'offline' | 'clipboard' | 'wakeLock' | 'share';

export function hasAbility(ability: Ability): boolean {
  switch (ability) {
    case 'protectedKey':
      return globalThis.crypto?.subtle !== undefined;
    case 'offline':
      return 'serviceWorker' in navigator;
    case 'clipboard':
      return navigator.clipboard !== undefined;
    case 'wakeLock':
      return 'wakeLock' in navigator;
    case 'share':
      return typeof navigator.share === 'function';
  }
}

/** What a person misses here; sharing has its own fallback and is not missed. */
export function missingAbilities(): readonly Ability[] {
  return (['protectedKey', 'offline', 'clipboard', 'wakeLock'] as const).filter(
    (ability) => !hasAbility(ability),
  );
}

/** Copies by the clipboard, or by a selection where the page may not use it. False: neither worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  const before = document.activeElement;
  field.value = text;
  field.readOnly = true;
  field.className = 'sr';
  // Inside an open dialog only its own content can take the focus.
  (before?.closest('[role="dialog"]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

export interface Shared {
  readonly title: string;
  readonly text: string;
  readonly url?: string;
}

/** The system's share sheet, or the text in the clipboard. */
export async function shareOrCopy(what: Shared): Promise<'shared' | 'copied' | 'dismissed' | 'failed'> {
  if (!hasAbility('share')) return (await copyText(what.url ?? what.text)) ? 'copied' : 'failed';
  try {
    await navigator.share(what);
    return 'shared';
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'dismissed' : 'failed';
  }
}

/** A picture by the share sheet, or as a file where there is none. */
export async function shareOrSave(picture: File, text: string): Promise<'shared' | 'saved' | 'dismissed'> {
  const what = { files: [picture], text };
  if (hasAbility('share') && navigator.canShare?.(what)) {
    const outcome = await navigator.share(what).then(
      () => 'shared' as const,
      (error: unknown) =>
        error instanceof DOMException && error.name === 'AbortError' ? 'dismissed' : undefined,
    );
    if (outcome) return outcome as 'shared' | 'dismissed';
  }
  saveFile(picture.name, picture, picture.type);
  return 'saved';
}

/** Keeps the screen on while a match runs; where that is not possible nothing happens. */
export function keepAwake(): () => void {
  if (!hasAbility('wakeLock')) return () => {};
  let lock: WakeLockSentinel | undefined;
  let ended = false;
  const ask = async () => {
    if (document.visibilityState !== 'visible' || ended) return;
    lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (ended) await lock?.release();
  };
  void ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}

/** Hands a file to the person. */
export function saveFile(name: string, bytes: BlobPart, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

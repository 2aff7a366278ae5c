/** The line icons of the look, as the inside of a 24 × 24 SVG. They are constants of ours: safe for `{@html}`. */
export const ICONS = {
  again: '<path d="M4.5 12a7.5 7.5 0 1 1 2.3 5.4M4.5 12V7M4.5 12h5" transform="matrix(1 0 0 -1 0 24)"/>',
  arrow: '<path d="M5 12h14M13 6l6 6-6 6"/>',
  bolt: '<path d="M13 3 5 13.5h6L10.5 21 19 10h-6z"/>',
  chat: '<path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5z"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  chevron: '<path d="m9 5 7 7-7 7"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
  cross: '<path d="m6 6 12 12M18 6 6 18"/>',
  download: '<path d="M12 4v11M8 11.5l4 4 4-4M5 20h14"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
  flag: '<path d="M6 21V4M6 4.5h12l-3 4 3 4H6"/>',
  globe: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
  link: '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>',
  lock: '<rect x="5" y="10.5" width="14" height="9.5" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
  mask: '<path d="M4 6.5c5-1.5 11-1.5 16 0 0 7-3 12-8 13.5C7 18.5 4 13.5 4 6.5z"/><path d="M8 10.5h2.5M13.5 10.5H16M9.5 15c1.5 1 3.5 1 5 0"/>',
  minus: '<path d="M5 12h14"/>',
  offline:
    '<path d="M3 3l18 18M5 12.5a10 10 0 0 1 4-2.4M2 9a15 15 0 0 1 4.5-2.9M19 12.5a10 10 0 0 0-4.5-2.6M22 9a15 15 0 0 0-10.5-4M8.5 16a5 5 0 0 1 6 0M12 19.5h0"/>',
  play: '<path d="M7.5 5v14l11-7z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  seal: '<rect x="3.5" y="6" width="17" height="12.5" rx="2.5"/><path d="m4 7.5 8 6 8-6"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  share: '<path d="M12 15V4M8 7.5 12 3.5l4 4M5 13v5.5a1.5 1.5 0 0 0 1.5 1.5h11a1.5 1.5 0 0 0 1.5-1.5V13"/>',
  skip: '<path d="M6 5v14l9-7zM18.5 5v14"/>',
  sliders:
    '<path d="M4 7h9M18 7h2M4 17h2M11 17h9"/><circle cx="15.5" cy="7" r="2.5"/><circle cx="8.5" cy="17" r="2.5"/>',
  spark: '<path d="M12 3.5 13.8 10 20 12l-6.2 2L12 20.5 10.2 14 4 12l6.2-2z"/>',
  target: '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><path d="M12 12h0"/>',
  tent: '<path d="M12 3.5v3M12 6.5 3.5 13v7h17v-7zM12 6.5c-1 5-2 8-3.5 13.5M12 6.5c1 5 2 8 3.5 13.5"/>',
  thumbDown:
    '<path d="M16.5 13 13 20.5c-1.6 0-2.6-1.2-2.3-2.7l.6-3.3H5.7a2 2 0 0 1-2-2.4L5 5.6A2 2 0 0 1 7 4h9.5zM16.5 13H20V4h-3.5"/>',
  thumbUp:
    '<path d="M7.5 11 11 3.5c1.6 0 2.6 1.2 2.3 2.7L12.7 9.5h5.6a2 2 0 0 1 2 2.4l-1.3 6.5a2 2 0 0 1-2 1.6H7.5zM7.5 11H4v9h3.5"/>',
  users:
    '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-4 3-6 6.5-6s6 2 6.5 6M16 5.5a3.3 3.3 0 0 1 0 6.2M18.5 14c2 .8 3 2.7 3.2 5.5"/>',
  copy: '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M15.5 8.5V6A2.5 2.5 0 0 0 13 3.5H6A2.5 2.5 0 0 0 3.5 6v7A2.5 2.5 0 0 0 6 15.5h2.5"/>',
  leave: '<path d="M14 4.5H6.5A2 2 0 0 0 4.5 6.5v11a2 2 0 0 0 2 2H14M10.5 12H20M16.5 8l4 4-4 4"/>',
  pause: '<path d="M8 5v14M16 5v14"/>',
  expand: '<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>',
  shrink: '<path d="M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5"/>',
  screen: '<rect x="3" y="4.5" width="18" height="12" rx="2.5"/><path d="M8.5 20h7M12 16.5V20"/>',
  file: '<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5"/>',
  dice: '<rect x="4" y="4" width="16" height="16" rx="4"/><path d="M9 9h0M15 15h0M12 12h0"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8-8M16 7.5l3 3"/>',
  moon: '<path d="M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10z"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>',
  heart:
    '<path d="M12 20c-5.5-4-8.5-7.2-8.5-10.8A4.7 4.7 0 0 1 12 6.5a4.7 4.7 0 0 1 8.5 2.7c0 3.6-3 6.8-8.5 10.8z"/>',
  laugh:
    '<circle cx="12" cy="12" r="8.5"/><path d="M7.6 10.2c.6-1 1.8-1 2.4 0M14 10.2c.6-1 1.8-1 2.4 0M7.5 13.5h9c-.4 2.6-2.2 4-4.5 4s-4.1-1.4-4.5-4z"/>',
  wow: '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="15.5" r="2"/><path d="M9 9.5h0M15 9.5h0"/>',
  react:
    '<path d="M20.3 10.5a8.5 8.5 0 1 1-6.8-6.8M8.5 14c1.8 2.4 5.2 2.4 7 0M9 9.8h0M14.5 9.8h0M19 2v6M16 5h6"/>',
} as const;

export type IconName = keyof typeof ICONS;

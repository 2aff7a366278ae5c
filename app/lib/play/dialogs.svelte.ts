/** Which of the app's own dialogs is open; they live once in the layout. */
export const dialogs: { profile: boolean; settings: boolean } = $state({ profile: false, settings: false });

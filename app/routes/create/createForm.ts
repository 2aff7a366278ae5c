/** The form's id: the button that sends it stands outside of it, where it stays in sight. */
export const CREATE_FORM = 'create-lobby';

/** The app is static files served by the relay: nothing is rendered on a server. */
export const ssr = false;
export const prerender = false;

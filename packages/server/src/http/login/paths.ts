/** Where the login is served; the authorization requests that lead to it come at the paths of the dialects. */
export const loginPaths = {
  login: '/login',
  consent: '/login/consent',
  signOut: '/login/sign-out',
  signedOut: '/login/signed-out',
} as const;

/** The parameters of `loginPaths.login` and `loginPaths.signedOut`. */
export const loginParameters = { handle: 'handle', tenant: 'tenant' } as const;

import { html } from '../escape.ts';
import type { Words } from '../words.ts';

export const english: Words = {
  motto: 'Two halves that meet',

  signIn: 'Sign in',
  signInTo: (client) => html`to continue to ${client}`,
  userName: 'User name',
  password: 'Password',
  wrong: 'This user name and password do not match.',
  slowDown: (wait) => `Too many attempts. Wait ${wait ?? 'a little'}, then try again.`,
  locked: (wait) =>
    `Signing in with this user name is locked after too many attempts. ${
      wait === undefined ? 'Ask your administrator.' : `Try again in ${wait}, or ask your administrator.`
    }`,
  formExpired: 'This page was open for too long. Please sign in again.',
  notDone: 'Not yet',

  consent: 'Allow access?',
  consentAsked: (client) => html`${client} asks for access`,
  signedInAs: (user) => html`Signed in as ${user}`,
  willBeAble: 'If you allow it, it will be able to:',
  willKnowYou: 'If you allow it, it will know who you are. It asks for nothing else.',
  scopes: {
    openid: 'know that it is you',
    profile: 'see your name and profile',
    email: 'see your e-mail address',
    offline_access: 'keep this access while you are away',
  },
  atResource: (resource) => html`At ${resource}`,
  lastsFor: (time) => `It keeps this for up to ${time}, or until it is taken back.`,
  onlyIfTrusted: 'Allow it only if you know and trust this application.',
  returnsTo: (place) => html`Either way you return to ${place}.`,
  allow: 'Allow',
  deny: 'Deny',

  problems: {
    unknown_client: {
      title: 'This application is not known here',
      text: 'The application that sent you is not registered with this service. Nothing about you was passed on.',
      advice: 'Go back and try again. If that does not help, tell the people who run the application.',
    },
    redirect_uri_not_registered: {
      title: 'We stopped before sending you on',
      text: 'The application asked to send you to an address that is not registered for it. Nothing about you was passed on.',
      advice: 'If you did not expect this, close the page. Otherwise tell the people who run the application.',
    },
    request_not_readable: {
      title: 'This request cannot be read',
      text: 'The application that sent you here left something out, or said it twice. Nothing about you was passed on.',
      advice: 'Go back and try again. If that does not help, tell the people who run the application.',
    },
    form_expired: {
      title: 'This page has expired',
      text: 'To keep you safe, a sign-in has to be finished within a limited time, and only once.',
      advice: 'Go back to the application and start again from there.',
    },
    unavailable: {
      title: 'Signing in is not possible at the moment',
      text: 'The service cannot answer right now. Nothing is wrong with your account.',
      advice: 'Please try again in a minute.',
    },
  },
  requestId: 'Request',

  signedOut: 'You are signed out',
  signedOutText: 'On a computer that you share with others, close the browser as well.',
  signInAgain: 'Sign in again',

  account: 'You are signed in',
  signOut: 'Sign out',
  signOutText: 'Signing out ends this session in this browser.',
};

/** A request was refused for its token, and its body was a stream that cannot be sent again. */

export class AuthReplayError<Response = unknown> extends Error {
  override readonly name = 'AuthReplayError';
  /** The refusal. Not enumerable: printing the error prints no headers. */
  declare readonly response: Response;

  constructor(response: Response) {
    super('the token was refused, and the body of the request cannot be sent again: give it as a function');
    Object.defineProperty(this, 'response', { value: response, enumerable: false });
  }
}

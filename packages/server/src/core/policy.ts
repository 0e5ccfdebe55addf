/** What an operator decides about the life of grants and tokens. Each dialect brings a value of this shape. */

export interface LifetimeRange {
  readonly minimumSeconds: number;
  readonly defaultSeconds: number;
  readonly maximumSeconds: number;
}

export interface LifetimePolicy {
  readonly grant: LifetimeRange;
  readonly accessToken: LifetimeRange;
  /** Asked for an access token that outlives its grant: shorten it, or refuse the call. */
  readonly overlongAccessToken: 'clamp' | 'refuse';
}

export interface RotationPolicy {
  /** False: the refresh token stays the same, for clients that prove a secret or a key with it anyway. */
  readonly rotates: boolean;
  /** How long the direct predecessor still gets the same successor, in seconds (0 to 600; 0 allows no retry). */
  readonly retryWindowSeconds: number;
  /** How far a rotation moves the end of renewal, in seconds; never beyond the grant's absolute end. */
  readonly renewalLifetimeSeconds: number;
}

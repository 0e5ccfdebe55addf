/** What a profile of a provider is made of: by the names of the provider's own options (docs/client/). */

/** `object` is JSON; a list holds the words that are allowed; `seconds` and `ms` are whole numbers. */
export type OptionKind = 'text' | 'seconds' | 'ms' | 'boolean' | 'object' | 'accessKey' | readonly string[];

export interface OptionShape {
  readonly kind: OptionKind;
  /** For help and questions. */
  readonly what: string;
  /** Never stands in the file: only where it is to be found. */
  readonly isSecret?: true;
  /** There is no default. */
  readonly isNeeded?: true;
  /** Asked for on a terminal, although it may be left out. */
  readonly isAsked?: true;
}

export type OptionShapes = Readonly<Record<string, OptionShape>>;

export interface GrantShape {
  readonly what: string;
  readonly options: OptionShapes;
}

export interface ProviderShape {
  readonly what: string;
  /** By the name that stands in `grant`. Where there is one only, it need not be named. */
  readonly grants: Readonly<Record<string, GrantShape>>;
}

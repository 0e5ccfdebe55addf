/** The answer of `/ac/openapi/v2/user`: the platform's view of who asks. doc: userresource/get-common-user, read 2026-11-22. */

/** Every one is text, the balance too. */
export interface Account {
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
  readonly address: string;
  readonly userName: string;
  readonly fullName: string;
  readonly accountStatus: string;
  readonly accountName: string;
  /** Such as `0.00`. */
  readonly accountBalance: string;
  /** Name of a region. */
  readonly computerCenter: string;
}

/** `data` of a user answer: members in the order of the sample, which is not that of the table. */
export function accountData(account: Account): Account {
  const { country, language, timeZone, address, userName, fullName } = account;
  const { accountStatus, accountName, accountBalance, computerCenter } = account;
  return {
    country,
    language,
    timeZone,
    address,
    userName,
    fullName,
    accountStatus,
    accountName,
    accountBalance,
    computerCenter,
  };
}

/** Reads `data` of a user answer; `undefined` where it names no user. What else is missing or no text is empty. */
export function readAccountData(data: unknown): Account | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const members = data as Readonly<Record<string, unknown>>;
  const text = (name: keyof Account): string => {
    const value = members[name];
    return typeof value === 'string' ? value : '';
  };
  if (text('userName') === '') return undefined;
  return {
    country: text('country'),
    language: text('language'),
    timeZone: text('timeZone'),
    address: text('address'),
    userName: text('userName'),
    fullName: text('fullName'),
    accountStatus: text('accountStatus'),
    accountName: text('accountName'),
    accountBalance: text('accountBalance'),
    computerCenter: text('computerCenter'),
  };
}

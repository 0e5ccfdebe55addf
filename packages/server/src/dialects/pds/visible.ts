/** Text of a caller that lists and terminals will show: without control or invisible characters, which could forge a line. */
export const isVisible = (text: string): boolean => /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u.test(text);

/** How figures are written for people. */

const megabyte = 1e6;

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
export const hundredths = (value: number): string => value.toFixed(2);
export const micros = (value: number | undefined): string => value?.toFixed(1) ?? '–';
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
export const megabytes = (bytes: number): string => `${whole(bytes / megabyte)} MB`;

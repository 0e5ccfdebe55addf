/** The formats of `hufu token`. */
export const formatNames = ['raw', 'header', 'json', 'env', 'curl', 'aws', 'k8s', 'aliyun', 'git'] as const;

export type FormatName = (typeof formatNames)[number];

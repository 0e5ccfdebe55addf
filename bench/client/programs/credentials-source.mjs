// The vendor's client of a server of temporary credentials. The package is CommonJS: its default export is one level deeper.
import credentials, { Config } from '@alicloud/credentials';

export const sourceOf = (url) => new credentials.default(new Config({ type: 'credentials_uri', credentialsURI: url }));

// Gets one ticket, as the vendor's guide has it. The packages are CommonJS: their default export is one level deeper.
import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls, { CreateTicketRequest } from '@alicloud/sls20201230';

const { endpoint, accessKeyId, accessKeySecret } = JSON.parse(process.argv[2]);
const client = new sls.default(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint, protocol: 'http' }));
const { body } = await client.createTicket(new CreateTicketRequest({}));
if (!body?.ticket) throw new Error('no ticket');
process.stdout.write('a ticket\n');

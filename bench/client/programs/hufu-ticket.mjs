// Gets one ticket.
import { slsClient } from '@hufu/client/providers/sls';

const { endpoint, accessKeyId, accessKeySecret } = JSON.parse(process.argv[2]);
const client = slsClient({ accessKeyId, accessKeySecret, endpoint: `http://${endpoint}` });
const { ticket } = await client.createTicket();
if (!ticket) throw new Error('no ticket');
process.stdout.write('a ticket\n');

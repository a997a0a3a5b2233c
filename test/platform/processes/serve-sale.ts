import { servePlatform } from '../../../src/client/serve-platform.ts';

/** A process that serves a platform until it is killed, and says where: `serve-sale.ts FILE`. */
const [, , database = ''] = process.argv;
const { url } = await servePlatform({
  database,
  version: '0',
  host: '127.0.0.1',
  port: 0,
  allowInsecure: false,
  now: Date.now,
  onBug: (error) => console.error(error),
});
console.log(url);

import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen, listeningUrl } from '../../src/listening/listen.ts';

function server() {
  const made = createServer();
  onTestFinished(() => void made.close());
  return made;
}

const at = (host: string, port: number, onFault: (fault: unknown) => void = () => {}) => ({
  who: 'The edge',
  host,
  port,
  onFault,
});

describe('listening', () => {
  it('says where', async () => {
    const address = await listen(server(), at('127.0.0.1', 0));
    expect(listeningUrl('http', address)).toBe(`http://127.0.0.1:${address.port}`);
    expect(listeningUrl('https', { family: 'IPv6', address: '::1', port: 8443 })).toBe('https://[::1]:8443');
  });

  it('names a port that is taken', async () => {
    const { port } = await listen(server(), at('127.0.0.1', 0));
    await expect(listen(server(), at('127.0.0.1', port))).rejects.toMatchObject({
      code: 'address-unusable',
      exit: 2,
      message: `Port ${port} of 127.0.0.1 is taken by another program.`,
      remedy: expect.stringContaining('--port 0'),
      details: { host: '127.0.0.1', port, error: 'EADDRINUSE' },
    });
  });

  it('names an address that is another machine’s', async () => {
    await expect(listen(server(), at('192.0.2.1', 0))).rejects.toMatchObject({
      code: 'address-unusable',
      message: '192.0.2.1 is no address of this machine.',
      remedy: expect.stringContaining('--host'),
    });
  });

  it.each([
    ['EACCES', 80, 'ports as low as this', 'from 1024 on'],
    ['EMFILE', 80, 'The edge cannot listen on port 80 of 127.0.0.1: no.', '--port 0'],
  ])('explains %s', async (code, port, message, remedy) => {
    const broken = server();
    broken.listen = () => {
      broken.emit('error', Object.assign(new Error('no'), { code }));
      return broken;
    };
    await expect(listen(broken, at('127.0.0.1', port))).rejects.toMatchObject({
      message: expect.stringContaining(message),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('tells of what befalls a server that listens, and lives', async () => {
    const faults: unknown[] = [];
    const listening = server();
    await listen(
      listening,
      at('127.0.0.1', 0, (fault) => faults.push(fault)),
    );
    const faulty = [new Error('no file handle left'), new Error('still none')];
    for (const fault of faulty) listening.emit('error', fault);
    expect(faults).toEqual(faulty);
  });
});

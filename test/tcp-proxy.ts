import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Proxy {
  readonly url: string;
  /** What happens to each piece that a client sends; it is passed on unless this says otherwise. */
  onSent: (piece: Buffer, cut: () => void) => 'pass' | 'drop';
  /** The same with what the server answers. */
  onAnswered: (piece: Buffer) => 'pass' | 'drop';
  /** Ends every connection, and takes no more until `open`. */
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
  /** From now on another server is behind it; connections to the old one end. */
  readonly moveTo: (url: string) => void;
}

/** A way to the server of a URL that a test can cut, or on which things are lost without a word. */
export async function openProxy(target: string): Promise<Proxy & AsyncDisposable> {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(Number(port), hostname);
    const cut = (): void => {
      client.destroy();
      behind.destroy();
    };
    for (const socket of [client, behind]) {
      sockets.add(socket);
      // Whatever goes wrong on one side ends the other.
      socket.on('error', cut).on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (piece) => {
      if (proxy.onSent(piece, cut) === 'pass') behind.write(piece);
    });
    behind.on('data', (piece) => {
      if (proxy.onAnswered(piece) === 'pass') client.write(piece);
    });
  });
  const listen = async (on: number): Promise<number> => {
    await once(server.listen(on, '127.0.0.1'), 'listening');
    return (server.address() as { port: number }).port;
  };
  const own = await listen(0);
  const shut = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const address = new URL(target);
  address.hostname = '127.0.0.1';
  address.port = String(own);
  const proxy: Proxy & AsyncDisposable = {
    url: address.href,
    onSent: () => 'pass',
    onAnswered: () => 'pass',
    shut,
    open: async () => void (await listen(own)),
    moveTo: (url) => {
      ({ hostname, port } = new URL(url));
      for (const socket of sockets) socket.destroy();
    },
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await shut();
    },
  };
  return proxy;
}

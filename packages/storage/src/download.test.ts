import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { download, type DownloadOptions } from './download.js';
import { removeTemporaryFolders, temporaryFolder } from './testing/temporary-folder.js';

const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 7));
const sha256Prefix = createHash('sha256').update(content).digest('hex').slice(0, 8);

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let handler: Handler;
const ranges: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
beforeEach(() => {
  ranges.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  removeTemporaryFolders();
});

function options(more: Partial<DownloadOptions> = {}): DownloadOptions {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/files/net-${sha256Prefix}.pth`;
  return { url, sha256Prefix, size: content.length, folder: join(temporaryFolder(), 'weights'), retries: 0, ...more };
}

/** Where a request wants to begin. */
function startOf(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
}

/** A server that honours ranges and sends at most `limit` bytes before it breaks the connection. */
function ranged(limit = Infinity): Handler {
  return (request, response) => {
    const start = startOf(request);
    const headers = { 'content-length': content.length - start };
    if (start > 0) response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` });
    else response.writeHead(200, headers);
    if (start + limit >= content.length) response.end(content.subarray(start));
    else response.write(content.subarray(start, start + limit), () => setTimeout(() => response.destroy(), 150));
  };
}

function partOf({ folder }: DownloadOptions): string {
  return join(folder, `net-${sha256Prefix}.pth.part`);
}

describe('download', () => {
  it('asks the server how long a file is that nobody knows the length of', async () => {
    handler = ranged();
    expect(readFileSync(await download(options({ size: undefined })))).toEqual(content);
  });

  it('fetches a file, reports progress, checks it, and does not fetch it again', async () => {
    handler = ranged();
    const received: number[] = [];
    const given = options({ onProgress: (progress) => received.push(progress.received) });
    const path = await download(given);
    expect(path).toBe(join(given.folder, `net-${sha256Prefix}.pth`));
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(readdirSync(given.folder)).toEqual([`net-${sha256Prefix}.pth`]);
    expect([received[0], received.at(-1)]).toEqual([0, content.length]);
    expect(await download(given)).toBe(path);
    expect(ranges).toEqual([undefined]);
  });

  (existsSync('/dev/full') ? it : it.skip)('names the file in one line where the disk is full', async () => {
    handler = ranged();
    const given = options({ retries: 3 });
    mkdirSync(given.folder);
    symlinkSync('/dev/full', partOf(given));
    await expect(download(given)).rejects.toThrow(/^cannot download [^\n]+\.pth\.part: cannot write it: the disk is full\): put the file/);
    expect(ranges).toHaveLength(1);
  });

  it('takes up a broken connection where it broke', async () => {
    handler = ranged(120_000);
    const given = options({ retries: 3 });
    expect(readFileSync(await download(given)).equals(content)).toBe(true);
    const starts = ranges.map((range) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0));
    expect(starts.length).toBeGreaterThanOrEqual(3);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  });

  it('keeps what came before it gave up, and continues next time', async () => {
    handler = ranged(120_000);
    const given = options();
    await expect(download(given)).rejects.toThrow(
      /^cannot download http:\S+ \([^\n]+\): put the file \(300000 bytes, SHA-256 [0-9a-f]{8}\.\.\.\) at \S+\.pth, or name it with --weights FILE$/,
    );
    const { size } = statSync(partOf(given));
    expect(size).toBeGreaterThan(0);
    handler = ranged();
    expect(readFileSync(await download(given)).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, `bytes=${size}-`]);
  });

  it('continues after an abort, which rejects with its reason', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 50_000));
    };
    const controller = new AbortController();
    const given = options({
      signal: controller.signal,
      retries: 3,
      onProgress: ({ received }) => received >= 50_000 && controller.abort(new Error('stopped by hand')),
    });
    await expect(download(given)).rejects.toThrow('stopped by hand');
    expect(statSync(partOf(given)).size).toBe(50_000);
    handler = ranged();
    expect(readFileSync(await download({ ...given, signal: undefined as never })).equals(content)).toBe(true);
    expect(ranges.at(-1)).toBe('bytes=50000-');
  });

  it('starts over where the server ignores ranges, or has none there', async () => {
    const given = options();
    mkdirSync(given.folder);
    writeFileSync(partOf(given), content.subarray(0, 1000));
    handler = (_, response) => response.end(content);
    expect(readFileSync(await download(given)).equals(content)).toBe(true);

    const other = options();
    mkdirSync(other.folder);
    writeFileSync(partOf(other), content.subarray(0, 1000));
    handler = (request, response) => (request.headers.range ? response.writeHead(416).end() : response.end(content));
    expect(readFileSync(await download(other)).equals(content)).toBe(true);
  });

  it('starts over where what was begun was another file', async () => {
    for (const begun of [Buffer.alloc(1000, 1), Buffer.alloc(content.length, 1), Buffer.alloc(content.length + 1)]) {
      handler = ranged();
      const given = options();
      mkdirSync(given.folder);
      writeFileSync(partOf(given), begun);
      expect(readFileSync(await download(given)).equals(content)).toBe(true);
    }
  });

  it('replaces a file of its name that is not the right one', async () => {
    handler = ranged();
    const given = options();
    mkdirSync(given.folder);
    writeFileSync(join(given.folder, `net-${sha256Prefix}.pth`), 'an error page');
    expect(readFileSync(await download(given)).equals(content)).toBe(true);
  });

  it.each<[string, Handler, RegExp]>([
    ['a file of another hash', (_, response) => response.end(Buffer.alloc(content.length)), /what arrived has SHA-256 [0-9a-f]{64}\)/],
    ['a shorter file', (_, response) => response.end(content.subarray(9)), /the connection ended after 299991 of 300000 bytes/],
    ['a longer file', (_, response) => response.end(Buffer.concat([content, content])), /sends more than 300000 bytes/],
    ['no such file', (_, response) => response.writeHead(404).end('gone'), /the server answers 404 Not Found/],
    ['trouble of the server', (_, response) => response.writeHead(503).end(), /the server answers 503/],
    ['silence', () => undefined, /nothing arrived for 150 ms/],
  ])('names %s, and leaves no file of that name', async (_, answer, message) => {
    handler = answer;
    const given = options(answer.length === 0 ? { stallMs: 150 } : {});
    await expect(download(given)).rejects.toThrow(message);
    await expect(download(given)).rejects.toThrow(/^cannot download [^\n]+--weights FILE$/);
    expect(existsSync(join(given.folder, `net-${sha256Prefix}.pth`))).toBe(false);
    expect(readdirSync(given.folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('tries again after trouble of the server, not after its refusal', async () => {
    let count = 0;
    handler = (request, response) => (++count < 3 ? response.writeHead(500).end() : ranged()(request, response));
    await download(options({ retries: 3 }));
    expect(count).toBe(3);
    handler = (_, response) => response.writeHead(403).end(String((count += 1)));
    await expect(download(options({ retries: 3 }))).rejects.toThrow(/403/);
    expect(count).toBe(4);
  });

  it('says where to put the file when there is no connection', async () => {
    const given = options({ url: 'http://127.0.0.1:9/net.pth', fileName: 'net.pth' });
    await expect(download(given)).rejects.toThrow(
      /^cannot download http:\/\/127\.0\.0\.1:9\/net\.pth \([^\n]+\): put the file [^\n]+weights\/net\.pth, or/,
    );
  });

  it('accepts a file put there by hand, with no connection at all', async () => {
    const given = options({ url: 'http://127.0.0.1:9/net.pth' });
    mkdirSync(given.folder);
    writeFileSync(join(given.folder, 'net.pth'), content);
    expect(await download(given)).toBe(join(given.folder, 'net.pth'));
  });

  it('fetches once for two that want the same file', async () => {
    handler = ranged();
    const given = options();
    const paths = await Promise.all([download(given), download(given)]);
    expect(paths[0]).toBe(paths[1]);
    expect(ranges).toHaveLength(1);
  });

  it('uses the fetch it is given', async () => {
    const given = options({ fetch: async () => new Response(new Uint8Array(content)) });
    expect(readFileSync(await download(given)).equals(content)).toBe(true);
    expect(ranges).toEqual([]);
  });
});

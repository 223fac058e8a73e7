import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import {
  GRAPH_FORMATS,
  GRAPH_VIEWS,
  type GraphFeed,
  type GraphFormat,
  type GraphView,
  graphFeed,
  pathOf,
  writeGraph,
} from '../../engine/graph.ts';
import type { Language } from '../../text.ts';
import { refuse } from '../refusal.ts';
import type { Network } from './network.ts';
import { pageOf } from './page.ts';

/** Larger questions than this are none of the view's. */
const LARGEST = 4 * 1024 * 1024;

export interface GraphServer {
  /** With the token: whoever has it may look. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the view on the loopback address, on a random port, under a random path that only the caller learns. Requests that
 * name another host are refused, so that no page elsewhere can reach in by a name that points here.
 */
export async function serveView(network: Network, language: Language, view: GraphView): Promise<GraphServer> {
  const token = randomBytes(18).toString('base64url');
  const script = readFileSync(viewScript());
  const feed = graphFeed(network.engine, () => language);
  const streams = new Map<string, ServerResponse>();
  let port = 0;

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (process.env.SELVAGE_DEBUG !== undefined)
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
    const [, given = '', ...rest] = pathname.split('/');
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    const isOurs = hosts.includes(request.headers.host ?? '') && hasOrigin(request, hosts) && same(given, token);
    if (!isOurs) return deny(response);
    const what = rest.join('/');
    if (request.method === 'GET' && what === '') {
      const { html, policy } = pageOf(language, view);
      return send(response, 'text/html; charset=utf-8', html, { 'content-security-policy': policy });
    }
    if (request.method === 'GET' && what === 'view.js') return send(response, 'text/javascript; charset=utf-8', script);
    if (request.method === 'GET' && what === 'events') return listen(response, searchParams.get('panel') ?? '');
    if (request.method === 'POST' && what.startsWith('ask/')) {
      const params = JSON.parse(await bodyOf(request)) as Record<string, unknown>;
      const result = ask(feed, what.slice('ask/'.length), params, language);
      return send(response, 'application/json', JSON.stringify(result ?? null));
    }
    deny(response);
  };
  const listen = (response: ServerResponse, panel: string): void => {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' }).write(':\n\n');
    streams.set(panel, response);
    response.on('close', () => {
      streams.delete(panel);
      feed.close(panel);
    });
  };
  const tell = (panel: string, message: object): void =>
    void streams.get(panel)?.write(`data: ${JSON.stringify(message)}\n\n`);

  const stopFollowing = network.follow(() => {
    for (const panel of feed.stale()) tell(panel, { type: 'stale' });
    feed.renew('check', (panel, revision, changes) => tell(panel, { type: 'changes', revision, changes }));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', () => resolve()));
  port = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${port}/${token}/`,
    close: () =>
      new Promise((resolve) => {
        stopFollowing();
        for (const stream of streams.values()) stream.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function ask(feed: GraphFeed, method: string, params: Record<string, unknown>, language: Language): unknown {
  const panel = String(params.panel ?? '');
  if (method === 'graph') {
    const { site, pins } = params;
    return feed.open(panel, {
      view: GRAPH_VIEWS.find((one): one is GraphView => one === params.view) ?? 'physical',
      ...(typeof site === 'string' && { site }),
      ...(typeof pins === 'object' && pins !== null && { pins: pins as Record<string, readonly [number, number]> }),
    });
  }
  const site = feed.siteOf(panel);
  if (method === 'path' && site !== undefined)
    return pathOf(site, String(params.router), String(params.prefix).trim(), language);
  const graph = feed.graphIn(panel);
  const format = GRAPH_FORMATS.find((one): one is GraphFormat => one === params.format);
  return method === 'text' && graph !== undefined && format !== undefined ? writeGraph(graph, format) : null;
}

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

function send(response: ServerResponse, type: string, body: string | Buffer, more: Record<string, string> = {}): void {
  response.writeHead(200, { ...HEADERS, ...more, 'content-type': type }).end(body);
}

function deny(response: ServerResponse): void {
  response.writeHead(404, HEADERS).end();
}

function hasOrigin({ headers }: IncomingMessage, hosts: readonly string[]): boolean {
  return headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`);
}

function same(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LARGEST) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The view's bundle stands beside the built program; in the sources it is where the build puts it. */
function viewScript(): string {
  let folder = dirname(realpathSync(process.argv[1] ?? '.'));
  for (;;) {
    const found = [join(folder, 'view.js'), join(folder, 'dist', 'view.js')].find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (folder === dirname(folder)) break;
    folder = dirname(folder);
  }
  return refuse({ en: 'The view is not part of this installation.', 'zh-cn': '此安装中不含图形视图。' });
}

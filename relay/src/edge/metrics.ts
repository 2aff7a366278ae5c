/** Counters of one relay, in its own registry. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  request(method: string, status: number): void;
  mail(what: string, outcome: string): void;
  closed(code: string): void;
  commit(ms: number, writes: number): void;
}

export interface MetricSources {
  sockets(): number;
  documents(): number;
  mailWaiting(): number;
}

export function createMetrics({ sockets, documents, mailWaiting }: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'relay_http_requests_total',
    help: 'HTTP requests',
    labelNames: ['method', 'status'],
    registers,
  });
  const mails = new Counter({
    name: 'relay_mail_total',
    help: 'Signed requests taken',
    labelNames: ['what', 'status'],
    registers,
  });
  const closes = new Counter({
    name: 'relay_socket_closed_total',
    help: 'Sockets closed by the relay',
    labelNames: ['code'],
    registers,
  });
  const buckets = [1, 2, 5, 10, 20, 50, 100, 250, 1000];
  const commits = new Histogram({
    name: 'relay_commit_ms',
    help: 'Durable commit of document updates',
    buckets,
    registers,
  });
  const writes = new Counter({
    name: 'relay_commit_documents_total',
    help: 'Documents written by commits',
    registers,
  });
  gauge('relay_sockets', 'Open WebSockets', sockets);
  gauge('relay_documents', 'Documents in memory', documents);
  gauge('relay_mail_waiting', 'Intents that the authority has not answered', mailWaiting);

  function gauge(name: string, help: string, read: () => number): void {
    const made: Gauge = new Gauge({
      name,
      help,
      registers,
      collect() {
        made.set(read());
      },
    });
  }

  return {
    registry,
    request: (method, status) => requests.inc({ method, status: String(status) }),
    mail: (what, status) => mails.inc({ what, status }),
    closed: (code) => closes.inc({ code }),
    commit: (ms, count) => {
      commits.observe(ms);
      writes.inc(count);
    },
  };
}

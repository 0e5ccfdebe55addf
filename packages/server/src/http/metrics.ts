/** What Prometheus reads at `/metrics`. Labels come from the code, never from requests, so their number is bounded. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** @param outcome `ok` or a reason code. */
  observe(dialect: string, operation: string, outcome: string, seconds: number): void;
  /** Read when somebody asks, not before. */
  gauge(name: string, help: string, read: () => number): void;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

let ofProcess: Registry | undefined;

/** Once for all servers of a process: what prom-client watches for these metrics, it never lets go of. */
function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const common = processMetrics();
  const requests = new Counter({
    name: 'hufu_requests_total',
    help: 'Requests by dialect, operation and outcome (ok or a reason code)',
    labelNames: ['dialect', 'operation', 'outcome'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'hufu_request_duration_seconds',
    help: 'Time from reading a request to writing its answer',
    labelNames: ['dialect', 'operation'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  new Gauge({ name: 'hufu_build_info', help: 'Version', labelNames: ['version'], registers: [registry] })
    .labels(version)
    .set(1);
  return {
    observe(dialect, operation, outcome, seconds) {
      requests.inc({ dialect, operation, outcome });
      duration.observe({ dialect, operation }, seconds);
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    async render() {
      const texts = await Promise.all([common.metrics(), registry.metrics()]);
      return { contentType: registry.contentType, text: texts.join('\n') };
    },
  };
}

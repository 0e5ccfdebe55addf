/**
 * Spans, a counter and a histogram of everything that a token source does, for OpenTelemetry. Nothing of it is imported: what
 * `trace.getTracer` and `metrics.getMeter` of `@opentelemetry/api` give has these shapes.
 */

import type { TokenSource } from '@hufu/client';

type Attributes = Record<string, string | number>;
interface Tracer {
  startSpan(
    name: string,
    options: { startTime: number; attributes: Attributes },
  ): { setStatus(status: { code: number; message?: string }): unknown; end(endTime: number): void };
}
interface Meter {
  createCounter(name: string): { add(value: number, attributes: Attributes): void };
  createHistogram(name: string, options: { unit: string }): { record(value: number, attributes: Attributes): void };
}

/** Returns what ends it. Events name the provider and a hash of the cache identity; none holds a token. */
export function traceTokens(source: TokenSource, tracer: Tracer, meter: Meter): () => void {
  const seconds = meter.createHistogram('token.refresh.duration', { unit: 's' });
  const counter = meter.createCounter('token.events');
  const span = (
    event: { provider: string; reason: string; durationMs: number; atMs: number },
    outcome: string,
  ): void => {
    const attributes = { provider: event.provider, reason: event.reason, outcome };
    const startTime = event.atMs - event.durationMs;
    const one = tracer.startSpan('token.refresh', { startTime, attributes });
    const isGood = outcome === 'refresh' || outcome === 'acquire' || outcome === 'adopted';
    one.setStatus(isGood ? { code: 1 } : { code: 2, message: outcome });
    one.end(event.atMs);
    seconds.record(event.durationMs / 1000, attributes);
  };
  const ends = [
    source.on('refresh.success', (event) => span(event, event.by)),
    source.on('refresh.fail', (event) => span(event, event.error.code)),
    ...(['stale.served', 'cooldown', 'persist.fail', 'reauth.required'] as const).map((type) =>
      source.on(type, ({ provider }) => counter.add(1, { type, provider })),
    ),
  ];
  return () => {
    for (const end of ends) end();
  };
}

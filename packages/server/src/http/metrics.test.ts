import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMetrics } from './metrics.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Metrics that read from an object which nobody else holds. */
function measured(): WeakRef<object> {
  const source = { count: 7 };
  createMetrics('1.2.3').gauge('hufu_store_pending', 'Writes that wait', () => source.count);
  return new WeakRef(source);
}

suite('metrics', () => {
  test('are those of the process and those of the server, each once', async () => {
    createMetrics('0.0.0');
    const metrics = createMetrics('1.2.3');
    metrics.gauge('hufu_store_pending', 'Writes that wait', () => 7);
    metrics.observe('sls', 'CreateTicket', 'ok', 0.002);
    const { contentType, text } = await metrics.render();
    assert.match(contentType, /^text\/plain/);
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of ['process_cpu_seconds_total', 'nodejs_gc_duration_seconds', 'hufu_build_info']) {
      assert.ok(names.includes(name), name);
    }
    const lines = text.split('\n');
    assert.ok(lines.includes('hufu_store_pending 7'));
    assert.ok(lines.includes('hufu_build_info{version="1.2.3"} 1'));
    assert.ok(lines.includes('hufu_requests_total{dialect="sls",operation="CreateTicket",outcome="ok"} 1'));
  });

  test('let go of a server that is gone', async () => {
    const source = measured();
    // A reference that was made in this turn is kept until its end.
    await wait(0);
    collectGarbage();
    assert.equal(source.deref(), undefined);
  });
});

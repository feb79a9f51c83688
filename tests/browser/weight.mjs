// The cost of the first view: transferred bytes, requests, layout shift; times are only printed, because they depend on the machine.
import assert from 'node:assert/strict';
import { phone, scenario } from './harness.mjs';

const MAX_BYTES = 60_000;

async function measure(session, path) {
  const page = await session.open('/om/integritet', { viewport: phone });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0, requests = 0;
  devTools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });

  await page.goto(session.base + path, { waitUntil: 'networkidle' });
  const { shifted, paint } = await page.evaluate(async () => {
    const shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    return {
      shifted: shifts.flatMap((entry) => entry.sources.map(({ node, previousRect, currentRect }) => `${node?.id || node?.className || node?.nodeName}: ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`)),
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    };
  });

  assert.ok(bytes < MAX_BYTES, `${bytes} bytes`);
  assert.deepEqual(shifted, []);
  return { bytes, requests, firstPaintMs: Math.round(paint) };
}

scenario('StartPage_FirstView_IsSmallWithoutLayoutShift', (session) => measure(session, '/?lang=sv'));
scenario('Offices_FirstView_IsSmallWithoutLayoutShift', (session) => measure(session, '/en/offices'));
scenario('Development_FirstView_IsSmallWithoutLayoutShift', (session) => measure(session, '/utveckling'));
scenario('Data_FirstView_IsSmallWithoutLayoutShift', (session) => measure(session, '/data'));

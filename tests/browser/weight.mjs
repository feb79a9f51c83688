// The cost of the first view: transferred bytes, requests, layout shift; times are only printed, because they depend on the machine.
import assert from 'node:assert/strict';
import { phone, scenario } from './harness.mjs';

const MOST_BYTES = 150_000;

async function measure(opened, path) {
  const page = await opened.open('/om/integritet', { viewport: phone });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0, requests = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });

  await page.goto(opened.base + path, { waitUntil: 'networkidle' });
  const { shifted, paint } = await page.evaluate(async () => {
    const shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    return {
      shifted: shifts.flatMap((entry) => entry.sources.map(({ node, previousRect, currentRect }) => `${node?.id || node?.className || node?.nodeName}: ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`)),
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    };
  });

  assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
  assert.deepEqual(shifted, []);
  return { bytes, requests, firstPaintMs: Math.round(paint) };
}

scenario('FirstView_Start_IsLightAndStill', (opened) => measure(opened, '/?lang=sv'));
scenario('FirstView_Offices_IsLightAndStill', (opened) => measure(opened, '/en/offices'));
scenario('FirstView_Development_IsLightAndStill', (opened) => measure(opened, '/utveckling'));
scenario('FirstView_Data_IsLightAndStill', (opened) => measure(opened, '/data'));

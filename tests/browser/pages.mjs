// Every page: findings of axe-core, html-validate and the browser, in both languages and colour schemes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import { assertNoSidewaysScroll, desktop, scenario } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  // Attributes without a value are written as in XML, so that other tests can read pages as XML; the rest is style.
  rules: {
    'valid-id': ['error', { relaxed: true }],
    'attribute-boolean-style': 'off', 'attribute-empty-style': 'off', 'void-style': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off',
  },
});

const pages = [
  '/?lang=sv', '/kontor', '/kontor/ludvika', '/kontor/storstad-01', '/utveckling', '/data', '/utvecklare', '/om', '/om/tillganglighet', '/om/integritet',
  '/en', '/en/offices', '/en/offices/ludvika', '/en/development', '/en/data', '/en/developers', '/en/about', '/en/about/accessibility', '/en/about/privacy',
  '/en/offices?q=nowhere&status=shut', '/docs?lang=sv', '/docs/api?lang=en', '/docs/odata?lang=en', '/docs/problems?lang=sv', '/docs/data-dictionary?lang=sv', '/docs/data-dictionary?lang=en', '/downloads/?lang=en',
];

scenario('Markup_EveryPage_IsValid', async ({ base }) => {
  const problems = [];
  for (const path of [...pages, '/kontor/finns-inte', '/en/nothing']) {
    const report = await validator.validateString(await (await fetch(base + path, { headers: { Accept: 'text/html' } })).text());
    problems.push(...report.results.flatMap((result) => result.messages.map((message) => `${path}:${message.line} ${message.ruleId}: ${message.message}`)));
  }

  assert.deepEqual(problems, []);
  return { pages: pages.length + 2, errors: 0 };
});

/** Gets the findings of axe-core on each page with all details expanded; a page wider than its window is also a finding. */
async function findViolations(session, options) {
  const found = [];
  // One page navigates from path to path, because a new page with axe takes a second, longer than the rules.
  const page = await session.newPage({ ...options, script: axe });
  for (const path of pages) {
    await session.goTo(page, path);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    found.push(...violations.flatMap((violation) => violation.nodes.map((node) => `${path}: ${violation.id}: ${node.target} ${node.failureSummary}`)));
    await assertNoSidewaysScroll(page);
  }

  assert.deepEqual(found, []);
  return { pages: pages.length, violations: 0 };
}

scenario('Accessibility_LightPhone_HasNoViolations', (session) => findViolations(session, { colorScheme: 'light', viewport: { width: 360, height: 740 } }));
scenario('Accessibility_DarkDesktop_HasNoViolations', (session) => findViolations(session, { colorScheme: 'dark', viewport: desktop }));

// WCAG 2.2, 1.4.4: text of twice the size.
scenario('Text_DoubleSize_FitsPhone', async (session) => {
  const page = await session.newPage({ viewport: { width: 390, height: 844 } });
  for (const path of pages.filter((each) => !each.startsWith('/docs') && !each.startsWith('/downloads'))) {
    await session.goTo(page, path);
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    await assertNoSidewaysScroll(page);
    const narrow = await page.$$eval('#offices tbody .col-name', (cells) => cells.map((cell) => cell.clientWidth).find((width) => width > 0 && width < 120));
    assert.equal(narrow, undefined, `${path}: the column of names is ${narrow} pixels wide`);
  }
});

scenario('Statuses_ForcedColoursAndPrint_KeepShapes', async (session) => {
  for (const options of [{ forcedColors: 'active' }, {}]) {
    const page = await session.open('/kontor', options);
    await page.emulateMedia(options.forcedColors ? {} : { media: 'print' });

    const shapes = await page.evaluate(() => ['open', 'proposed', 'closed', 'unknown'].map((status) => {
      const style = getComputedStyle(document.querySelector(`.status-${status}`), '::before');
      return [style.backgroundColor, style.backgroundImage, style.borderRadius, style.borderTopWidth, style.forcedColorAdjust === 'none' || style.printColorAdjust === 'exact'].join(' ');
    }));
    assert.equal(new Set(shapes).size, 4, shapes.join('\n'));
    assert.ok(shapes.every((shape) => shape.endsWith('true')));
  }
});

scenario('List_SkipLink_MovesPastList', async (session) => {
  const page = await session.open('/en/offices');

  await page.focus('.skip[href="#after-list"]');
  assert.equal(await page.isVisible('.skip[href="#after-list"]'), true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');

  assert.equal(await page.evaluate(() => document.activeElement.closest('#offices')), null);
  assert.ok(await page.evaluate(() => document.getElementById('offices').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));
});

scenario('Page_Unknown_Returns404WithLinks', async (session) => {
  const page = await session.open('/en/offices/nobody', { expected: 404 });

  assert.equal(await page.textContent('h1'), 'Page not found');
  await page.click('text=All offices');
  assert.equal(new URL(page.url()).pathname, '/en/offices');
});

scenario('Language_Switch_KeepsPageAndSearch', async (session) => {
  const page = await session.open('/kontor?status=closed');

  await page.fill('#f-q', 'väst');
  await page.click('.language');

  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(new URL(page.url()).pathname, '/en/offices');
  assert.equal(await page.inputValue('#f-q'), 'väst');
  assert.equal(await page.inputValue('#f-status'), 'closed');
});

scenario('Root_Get_IsInPreferredLanguage', async (session) => {
  const english = await session.open('/', { locale: 'en-GB' });
  const swedish = await session.open('/', { locale: 'sv-SE' });

  assert.equal(await english.getAttribute('html', 'lang'), 'en');
  assert.equal(await swedish.getAttribute('html', 'lang'), 'sv');
  await english.click('.language');
  assert.equal(await english.getAttribute('html', 'lang'), 'sv');
});

scenario('Print_Office_HidesMenu', async (session) => {
  const page = await session.open('/kontor/ludvika');
  await page.emulateMedia({ media: 'print' });

  assert.equal(await page.isVisible('.menu'), false);
  assert.equal(await page.isVisible('.timeline'), true);
});

scenario('Query_Run_ShowsResponse', async (session) => {
  const page = await session.open('/en/developers');

  await page.click('.example:nth-child(2) .run');
  await page.waitForSelector('.example:nth-child(2) .answer:not([hidden])');

  assert.match(await page.textContent('.example:nth-child(2) .answer-head'), /^200 · \d+ ms$/);
  assert.match(await page.textContent('.example:nth-child(2) .answer code'), /"@odata.count": 27/);
});

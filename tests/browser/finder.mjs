// Finding an office: live, by URL, without scripts, by keyboard only, and exporting the result.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { phone, scenario, shownOffices } from './harness.mjs';

const currentUrl = (page) => new URL(page.url()).pathname + new URL(page.url()).search;

scenario('Search_Typed_UpdatesTableAndUrl', async (session) => {
  const page = await session.open('/kontor');

  await page.fill('#f-q', 'KIRUNA');

  assert.deepEqual(await shownOffices(page), ['kiruna']);
  assert.equal(await page.textContent('#count'), '1');
  assert.equal(currentUrl(page), '/kontor?q=KIRUNA');
});

scenario('Search_DecomposedLetter_FindsComposed', async (session) => {
  const page = await session.open('/kontor');

  await page.fill('#f-q', 'A\u030Ama\u030Al');

  assert.deepEqual(await shownOffices(page), ['amal']);
});

scenario('Search_NoMatch_ShowsReset', async (session) => {
  const page = await session.open('/en/offices');

  await page.fill('#f-q', '<script>alert(1)</script>');

  assert.deepEqual(await shownOffices(page), []);
  assert.equal(await page.isVisible('#empty'), true);
  await page.click('#reset');
  assert.equal((await shownOffices(page)).length, 104);
});

scenario('Search_AnyText_MatchesServer', async (session) => {
  const page = await session.open('/kontor');
  const plain = await session.open('/kontor', { javaScriptEnabled: false });

  for (const text of ['malmo', 'stockholm', 'kiruna servicekontor', 'goteborg forsta', '413 27', 'forsakringskassan boden', 'uppsala', 'Lund', "o'x", 'or']) {
    await page.fill('#f-q', text);
    await plain.goto(await page.evaluate(() => location.href));
    assert.deepEqual(await shownOffices(page), await shownOffices(plain), text);
    const query = (each) => each.getAttribute('#exports [data-format=""]', 'href');
    assert.equal(decodeURIComponent(await query(page)), decodeURIComponent(await query(plain)));
  }
});

scenario('Search_OnPhone_IsVisibleAndResultPrecedesMap', async (session) => {
  const page = await session.open('/?lang=sv', { viewport: { width: 390, height: 844 } });

  const box = await page.locator('#f-q').boundingBox();
  const row = await page.locator('#offices tbody tr').first().boundingBox();
  const map = await page.locator('#map').boundingBox();
  assert.ok(box.y + box.height <= 844, `the search box ends at ${box.y + box.height}`);
  assert.ok(row.y < map.y);
});

scenario('Search_Misspelled_SuggestsNameAfterSubmit', async (session) => {
  const page = await session.open('/kontor');

  await page.fill('#f-q', 'stokholm');
  await page.press('#f-q', 'Enter');
  await page.click('#answer a');

  assert.equal(currentUrl(page), '/kontor?q=Stockholm');
  await page.fill('#f-q', 'nacka');
  await page.press('#f-q', 'Enter');
  await page.waitForSelector('#answer');
  assert.match(await page.textContent('#answer'), /Kista/);
  await page.fill('#f-q', 'kiruna');
  assert.equal(await page.isVisible('#answer'), false);
});

scenario('Filters_Combined_MatchServerForSameUrl', async (session) => {
  const page = await session.open('/kontor', { viewport: phone });
  await page.click('.more-filters summary');

  await page.selectOption('#f-status', 'closed');
  await page.selectOption('#f-county', '14');
  const live = await shownOffices(page);
  await page.reload();

  assert.deepEqual(live, ['kungalv', 'amal']);
  assert.deepEqual(await shownOffices(page), live);
  assert.equal(currentUrl(page), '/kontor?status=closed&county=14');
});

scenario('BackButton_AfterFilters_UndoesEachFilter', async (session) => {
  const page = await session.open('/kontor?q=v%C3%A4st');
  await page.click('.more-filters summary');
  const before = await shownOffices(page);

  await page.selectOption('#f-status', 'open');
  await page.click('.sort[data-sort="name"]');
  await page.goBack();
  assert.equal(currentUrl(page), '/kontor?q=v%C3%A4st&status=open');
  await page.goBack();

  assert.deepEqual(await shownOffices(page), before);
  assert.equal(await page.inputValue('#f-status'), '');
});

scenario('Sort_EachColumn_MatchesServerOrder', async (session) => {
  const page = await session.open('/kontor');
  const plain = await session.open('/kontor', { javaScriptEnabled: false });

  for (const column of ['name', 'municipality', 'county', 'status']) {
    await page.click(`.sort[data-sort="${column}"]`);
    await plain.goto(page.url());
    assert.equal(await page.getAttribute(`th.col-${column}`, 'aria-sort'), await plain.getAttribute(`th.col-${column}`, 'aria-sort'));
    assert.deepEqual(await shownOffices(page), await shownOffices(plain), column);
  }

  await page.click('.sort[data-sort="status"]');
  assert.equal(await page.getAttribute('th.col-status', 'aria-sort'), 'descending');
  await plain.goto(page.url());
  assert.equal((await shownOffices(page))[0], (await shownOffices(plain))[0]);
});

scenario('Distance_FromMunicipality_MatchesServer', async (session) => {
  const page = await session.open('/kontor?status=open');
  await page.fill('#f-near', 'kiruna kommun');
  const plain = await session.open(currentUrl(page), { javaScriptEnabled: false });

  const distances = (each) => each.$$eval('#offices tbody tr[id]:not([hidden]) .col-distance', (cells) => cells.map((cell) => cell.textContent));
  assert.equal((await shownOffices(page))[0], 'kiruna');
  assert.deepEqual(await shownOffices(page), await shownOffices(plain));
  assert.deepEqual((await distances(page)).map((text) => text.replace(/\s/g, ' ')), (await distances(plain)).map((text) => text.replace(/\s/g, ' ')));
});

scenario('NearestToMe_Allowed_SortsWithoutSendingPosition', async (session) => {
  const page = await session.open('/en', { geolocation: { latitude: 67.85, longitude: 20.21667 }, permissions: ['geolocation'] });
  await page.waitForLoadState('networkidle');
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));

  await page.click('#locate');
  await page.waitForFunction(() => document.querySelector('#offices .col-distance:not([hidden])'));

  assert.equal((await shownOffices(page))[0], 'kiruna');
  assert.deepEqual(requests, []);
  assert.doesNotMatch(page.url(), /67/);
});

scenario('NearestToMe_OnPhone_ShowsOpenOfficesFirstAndOthersBelow', async (session) => {
  for (const path of ['/?lang=sv', '/kontor']) {
    const page = await session.open(path, { viewport: phone, geolocation: { latitude: 59.33, longitude: 18.06 }, permissions: ['geolocation'] });
    const before = await page.locator('#offices tbody tr[id]:not([hidden])').first().boundingBox();
    assert.ok(before.y < phone.height, `${path}: the first result is at ${before.y} before`);

    await page.click('#locate');
    await page.waitForFunction(() => document.querySelector('#offices .col-distance:not([hidden])'));

    const row = await page.locator('#offices tbody tr[id]:not([hidden])').first().boundingBox();
    assert.ok(row.y >= 0 && row.y + row.height <= phone.height, `${path}: the first result is at ${row.y}`);
    const statuses = (selector) => page.$$eval(`${selector} tr[id]`, (rows) => [...new Set(rows.map((each) => each.dataset.status))].sort());
    assert.deepEqual(await statuses('#offices tbody:not(#others)'), ['open']);
    assert.ok(!(await statuses('#others')).includes('open'));
    assert.equal(await page.isVisible('#others .group'), true);
  }
});

scenario('NearestToMe_Abroad_SaysSo', async (session) => {
  const page = await session.open('/kontor', { geolocation: { latitude: 40.7, longitude: -74 }, permissions: ['geolocation'] });

  await page.click('#locate');
  await page.waitForFunction(() => document.querySelector('#locate-note').textContent.includes('utanför Sverige'));
  assert.ok((await shownOffices(page)).length > 100);
});

scenario('NearestToMe_Denied_SuggestsMunicipality', async (session) => {
  const page = await session.open('/en', { permissions: [] });

  await page.click('#locate');
  await page.waitForFunction(() => document.querySelector('#locate-note').textContent.includes('Write a municipality'));
});

scenario('FilteredView_ODataLink_ReturnsDisplayedRows', async (session) => {
  const page = await session.open('/en/offices');
  await page.click('.more-filters summary');
  await page.selectOption('#f-status', 'closed');
  await page.fill('#f-q', 'o');
  const shown = await shownOffices(page);

  const live = await page.getAttribute('#exports [data-format=""]', 'href');
  const response = await (await fetch(session.base + live)).json();
  await page.reload();

  assert.ok(shown.length > 2);
  assert.deepEqual(response.value.map((office) => office.id).sort(), shown.toSorted());
  // The query of the script equals that of the server.
  const written = await (await session.open(currentUrl(page), { javaScriptEnabled: false })).getAttribute('#exports [data-format=""]', 'href');
  assert.equal(decodeURIComponent(live), decodeURIComponent(written));
});

scenario('FilteredView_Csv_HasColumnsShown', async (session) => {
  const page = await session.open('/kontor');
  await page.fill('#f-q', 'kungälv');

  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#exports [data-list="csv"]')]);

  assert.match(download.suggestedFilename(), /^servicekontor-kungalv-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
  assert.deepEqual(lines, [
    'Kontor,Status,Kommun,Län,Sedan,Stängt,Stängning aviserad,Avstånd (km),Id',
    'Servicekontor Kungälv,Stängt,Kungälv,Västra Götalands län,2025-05-31,2025-05-31,2025-04-10,,kungalv',
  ]);
});

scenario('SearchSortAndOffice_WithoutScripts_Work', async (session) => {
  const page = await session.open('/?lang=sv', { javaScriptEnabled: false });

  assert.equal(await page.isVisible('#locate'), false);
  await page.fill('#f-q', 'ludvika');
  await page.click('.finder button[type="submit"]');
  assert.equal(new URL(page.url()).pathname, '/kontor');
  assert.deepEqual(await shownOffices(page), ['ludvika']);
  await page.click('.sort[data-sort="county"]');
  assert.deepEqual(await shownOffices(page), ['ludvika']);
  await page.click('#offices tbody tr[id]:not([hidden]) a');

  assert.equal(new URL(page.url()).pathname, '/kontor/ludvika');
  assert.equal(await page.textContent('h1'), 'Servicekontor Ludvika');
});

scenario('Keyboard_FromTopOfPage_ReachesOffice', async (session) => {
  const page = await session.open('/en/offices');

  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-q');
  await page.keyboard.type('boden');
  for (let i = 0; i < 20 && !(await page.evaluate(() => document.activeElement.closest('#offices tbody'))); i++) {
    await page.keyboard.press('Tab');
  }

  await page.keyboard.press('Enter');
  await page.waitForURL('**/en/offices/boden');
});

scenario('QueryBuilder_Choices_UpdateQuery', async (session) => {
  const page = await session.open('/data');

  await page.selectOption('#f-status', 'open');
  await page.selectOption('#f-county', '25');

  assert.equal(await page.textContent('#query'), "/odata/v1/offices?$filter=status eq 'open' and countyCode eq '25'&$orderby=status,name");
  assert.equal(currentUrl(page), '/data?status=open&county=25');
});

scenario('Download_Link_ReturnsFile', async (session) => {
  const page = await session.open('/data');

  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.files a[href="/downloads/offices.csv"]')]);

  assert.equal(download.suggestedFilename(), 'offices.csv');
  assert.equal(readFileSync(await download.path(), 'utf8').trim().split('\r\n').length, 105);
});

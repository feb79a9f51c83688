// The map: follows the search, announces the selection, and is one tab stop with arrow keys inside.
import assert from 'node:assert/strict';
import { phone, scenario, shownOffices } from './harness.mjs';

const place = (id) => `.place[data-offices~="${id}"]`;

scenario('Map_Search_DimsOtherPlaces', async (session) => {
  const page = await session.open('/en');

  await page.fill('#f-q', 'kiruna');

  assert.deepEqual(await shownOffices(page), ['kiruna']);
  assert.deepEqual(await page.$$eval('.place:not(.out)', (places) => places.map((each) => each.dataset.offices)), ['kiruna']);
});

scenario('Map_PlaceWithSeveralOffices_HasStatusOfFilter', async (session) => {
  const page = await session.open('/en?status=unknown');

  const mark = await page.getAttribute(`${place('gamlestaden')} use`, 'href');

  assert.equal(mark, '#m-unknown');
});

scenario('Map_PlaceSelected_IsHighlightedInListAndLinksOffice', async (session) => {
  const page = await session.open('/en', { viewport: phone, hasTouch: true });

  await page.locator(place('kiruna')).tap();

  assert.equal(await page.textContent('#map-card a'), 'Servicekontor Kiruna');
  assert.equal(await page.getAttribute('#o-kiruna', 'class'), 'chosen');
  await page.click('#map-card a');
  assert.equal(new URL(page.url()).pathname, '/en/offices/kiruna');
});

scenario('Map_PlaceSelected_ScrollsRowIntoView', async (session) => {
  const page = await session.open('/en');

  for (const id of ['kiruna', 'torsby', 'amal', 'storuman', 'asele']) {
    await page.locator(place(id)).click();

    const [row, list] = await page.evaluate((key) => {
      const each = document.getElementById(`o-${key}`);
      return [each, each.closest('.table-scroll')].map((element) => element.getBoundingClientRect().toJSON());
    }, id);
    const isVisible = row.top >= Math.max(list.top, 0) && row.bottom <= Math.min(list.bottom, page.viewportSize().height) + 1;
    assert.ok(isVisible, `${id}: the row is at ${row.top} to ${row.bottom}, the list at ${list.top} to ${list.bottom}`);
  }
});

scenario('Map_PlaceWithSeveralOffices_ListsEach', async (session) => {
  const page = await session.open('/en');

  await page.locator(place('odenplan')).click();

  assert.equal((await page.$$('#map-card p')).length, (await page.getAttribute(place('odenplan'), 'data-offices')).split(' ').length);
});

scenario('Map_Keyboard_HasOneTabStopAndArrowKeys', async (session) => {
  const page = await session.open('/en');

  assert.equal((await page.$$('.place[tabindex="0"]')).length, 1);
  await page.focus('.place[tabindex="0"]');
  const first = await page.evaluate(() => document.activeElement.dataset.offices);
  await page.keyboard.press('ArrowDown');
  const second = await page.evaluate(() => document.activeElement.dataset.offices);
  await page.keyboard.press('Enter');

  assert.match(first, /jarfalla/); // the inset of Stockholm is at the top
  assert.notEqual(second, first);
  assert.equal(await page.isVisible('#map-card'), true);
  await page.keyboard.press('Escape');
  assert.equal(await page.isVisible('#map-card'), false);
});

scenario('Map_CountyChosen_IsEnlargedAndFiltersList', async (session) => {
  const page = await session.open('/en');

  await page.click('.zoom summary');
  await page.click('.zoom [data-county="12"]');
  await page.waitForSelector('.map-county');

  assert.equal(new URL(page.url()).search, '?county=12');
  assert.equal(await page.inputValue('#f-county'), '12');
  const onMap = await page.$$eval('.place', (places) => places.flatMap((each) => each.dataset.offices.split(' ')));
  assert.deepEqual(onMap.toSorted(), (await shownOffices(page)).toSorted());
  await page.locator(place('ystad')).click();
  assert.equal(await page.textContent('#map-card a'), 'Servicekontor Ystad');
  await page.goBack();
  await page.waitForSelector('.map-picture:not(.map-county)');
});

scenario('Map_Targets_AreLargeAndApart', async (session) => {
  for (const path of ['/en', '/en?county=12', '/en?county=01']) {
    const page = await session.open(path, { viewport: { width: 360, height: 740 } });

    const targets = await page.$$eval('.hit', (all) => all.map((each) => each.getBoundingClientRect().toJSON()));
    for (const [i, target] of targets.entries()) {
      assert.ok(target.width >= 24, `${path}: ${target.width} pixels`);
      for (const other of targets.slice(i + 1)) {
        assert.ok(Math.hypot(target.x - other.x, target.y - other.y) >= 24, `${path}: targets ${Math.hypot(target.x - other.x, target.y - other.y)} pixels apart`);
      }
    }
  }
});

scenario('Map_WithoutScripts_LinksPlaces', async (session) => {
  const page = await session.open('/en', { javaScriptEnabled: false });

  await page.locator(place('kiruna')).click();

  assert.equal(new URL(page.url()).pathname, '/en/offices/kiruna');
});

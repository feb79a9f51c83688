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

  assert.equal(first, 'kiruna');
  assert.notEqual(second, first);
  assert.equal(await page.isVisible('#map-card'), true);
  await page.keyboard.press('Escape');
  assert.equal(await page.isVisible('#map-card'), false);
});

scenario('Map_WithoutScripts_LinksPlaces', async (session) => {
  const page = await session.open('/en', { javaScriptEnabled: false });

  await page.locator(place('kiruna')).click();

  assert.equal(new URL(page.url()).pathname, '/en/offices/kiruna');
});

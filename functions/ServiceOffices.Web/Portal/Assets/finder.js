// The search for offices: filters and sorts the rows in the page, and updates the URL.
import { distanceKm, parsePosition } from './geo.js';
import { connectMap } from './map.js';

const form = document.getElementById('finder');
const table = document.getElementById('offices');
const others = document.getElementById('others');
const rows = table ? [...table.querySelectorAll('tbody tr[id]')] : [];
const byId = new Map(rows.map((row) => [row.id.slice(2), row]));
const map = document.getElementById('map');
const updateMap = map && connectMap(map, byId, (county) => {
  field('county').value = county;
  updateRows();
  updateUrl(true);
});
const kilometres = new Intl.NumberFormat(document.documentElement.lang === 'sv' ? 'sv-SE' : 'en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const startSort = 'status';

// The position of the reader, if distances are measured from it. It is only stored in this variable.
let userPosition = null;
let sort = { name: startSort, descending: false };

const field = (name) => form.elements.namedItem(name);
const ignored = new Set(field('q').dataset.ignored.split(' '));
const letters = { æ: 'ä', ø: 'ö', œ: 'ö', ł: 'l', đ: 'd', ð: 'd', ı: 'i' };
const fold = (text) => [...text.normalize('NFC').toLowerCase()]
  .map((letter) => ('åäö'.includes(letter) ? letter : letters[letter] ?? letter.normalize('NFD').replace(/[\u0300-\u036F]/g, ''))).join('');
const toPlainLetters = (text) => text.replace(/[åä]/g, 'a').replaceAll('ö', 'o');
const texts = new Map(rows.map((row) => [row, `${row.dataset.place}\n${row.dataset.text}`]));

// The strings to search for each word: the words themselves or, if no office contains them all, their spellings with å, ä and ö.
let terms = [];

function getWords(text = field('q').value) {
  const words = [];
  for (const word of fold(text).split(/[\s\p{Cc},"\\]+/u)) {
    if (/^\d{3}$/.test(words.at(-1)) && /^\d{2}$/.test(word)) {
      words.push(words.pop() + word);
    } else if (word !== '' && !ignored.has(word)) {
      words.push(word);
    }
  }

  return words;
}

const hasTerms = (text, all) => all.every((spellings) => spellings.some((spelling) => text.includes(spelling)));

function findTerms() {
  const exact = getWords().map((word) => [word]);
  const isFound = (all) => rows.length === 0 || rows.some((row) => hasTerms(texts.get(row), all));
  if (isFound(exact)) {
    return exact;
  }

  const folded = exact.map(([word]) => {
    const found = new Set();
    for (const text of texts.values()) {
      const [plain, plainWord] = [toPlainLetters(text), toPlainLetters(word)];
      for (let i = plain.indexOf(plainWord); i >= 0; i = plain.indexOf(plainWord, i + 1)) {
        found.add(text.slice(i, i + word.length));
      }
    }

    return found.size > 0 ? [...found].sort() : [word];
  });
  return isFound(folded) ? folded : exact;
}

function matches(row) {
  const has = (name, value) => field(name).value === '' || row.dataset[value].split(' ').includes(field(name).value);
  return hasTerms(texts.get(row), terms)
    && has('status', 'status') && has('county', 'county') && has('agency', 'agency')
    && (!field('video').checked || row.dataset.video === 'true');
}

const joinWords = (text) => getWords(text).join(' ');
const places = [...document.querySelectorAll('#places option')].map((option) => ({ label: option.value, name: joinWords(option.value), code: option.dataset.code, at: parsePosition(option.dataset.at) }));

/** Finds the position of the municipality or town in the form by the rules of the server; undefined if there is none. */
function findPlace(text = field('near').value.trim()) {
  const name = joinWords(text);
  return name === '' ? undefined
    : (places.find((place) => place.code === text || place.name === name) ?? places.find((place) => toPlainLetters(place.name) === toPlainLetters(name)))?.at;
}

function getOrigin() {
  return userPosition ?? findPlace();
}

function updateRows() {
  terms = findTerms();
  const from = getOrigin();
  const distances = new Map();
  let found = 0;
  for (const row of rows) {
    row.hidden = !matches(row);
    found += row.hidden ? 0 : 1;
    const place = parsePosition(row.dataset.at);
    const distance = from && place ? distanceKm(from, place) : Infinity;
    distances.set(row, distance);
    row.querySelector('.col-distance').textContent = distance < Infinity ? `${kilometres.format(distance)} km` : '–';
  }

  for (const cell of table?.querySelectorAll('.col-distance') ?? []) {
    cell.hidden = !from;
  }

  const note = document.getElementById('distance-note');
  if (note) {
    note.hidden = !from;
  }

  sortRows(from ? (row) => distances.get(row) : null);
  const answer = document.getElementById('answer');
  if (answer) {
    answer.hidden = field('q').value.trim() !== answer.dataset.search;
  }

  for (const count of document.querySelectorAll('#count')) {
    count.textContent = rows.length > 0 ? found : count.textContent;
  }

  const empty = document.getElementById('empty');
  if (empty) {
    empty.hidden = found > 0;
  }

  const isEmpty = ![...new FormData(form).values()].some(Boolean) && !userPosition;
  document.getElementById('reset').hidden = isEmpty;
  updateMap?.(field('county').value);
  updateQuery();
  updateLists();
}

function sortRows(distance) {
  const column = (row) => Number(row.querySelector(`.col-${sort.name}`).dataset.order);
  const key = distance ?? column;
  const isRanked = !distance && sort.name === startSort && !sort.descending && terms.length > 0;
  const group = (row) => (distance ? Number(row.dataset.status !== 'open') : isRanked ? Number(!hasTerms(row.dataset.place, terms)) : 0);
  const sign = !distance && sort.descending ? -1 : 1;
  const name = (row) => Number(row.querySelector('.col-name').dataset.order);
  const sorted = rows.toSorted((a, b) => group(a) - group(b) || sign * (key(a) - key(b) || 0) || name(a) - name(b));
  const isOther = (row) => Boolean(distance) && row.dataset.status !== 'open';
  const current = table ? [...table.querySelectorAll('tbody tr[id]')] : [];
  if (sorted.some((row, i) => current[i] !== row || (row.parentElement === others) !== isOther(row))) {
    table.tBodies[0].append(...sorted.filter((row) => !isOther(row)));
    others.append(...sorted.filter(isOther));
  }

  if (others) {
    others.hidden = !sorted.some((row) => isOther(row) && !row.hidden);
  }

  for (const head of table?.querySelectorAll('[aria-sort]') ?? []) {
    const isSorted = !distance && head.querySelector('.sort').dataset.sort === sort.name;
    head.setAttribute('aria-sort', !isSorted ? 'none' : sort.descending ? 'descending' : 'ascending');
  }
}

// The query is built from the same templates as on the server.
function updateQuery() {
  const formatTerm = (term) => (/^[\p{L}\p{Nd}]+$/u.test(term) && !['and', 'or', 'not'].includes(term) ? term : `"${term}"`);
  const search = terms.map((spellings) => (spellings.length === 1 ? formatTerm(spellings[0]) : `(${spellings.map(formatTerm).join(' OR ')})`)).join(' ');
  const conditions = [
    ...['status', 'county', 'agency'].map((name) => field(name).selectedOptions[0]?.dataset.template),
    field('video').checked && field('video').dataset.template,
  ].filter(Boolean);
  const near = findPlace();
  const path = table?.querySelector(`.sort[data-sort="${sort.name}"]`)?.dataset.path ?? startSort;
  const ordering = near
    ? `status eq 'open' desc,geo.distance(location,geography'SRID=4326;POINT(${near.longitude} ${near.latitude})')`
    : `${path}${sort.descending ? ' desc' : ''},name`;
  for (const link of document.querySelectorAll('#exports [data-format]')) {
    const options = [
      conditions.length > 0 && `$filter=${conditions.join(' and ')}`,
      search && `$search=${search}`,
      `$orderby=${ordering}`,
      link.dataset.format && `$format=${link.dataset.format}`,
    ].filter(Boolean);
    link.setAttribute('href', `/odata/v1/offices?${options.map((option) => encodeURIComponent(option).replace(/%(24|2C|2F|3A|3B|3D|40)/g, decodeURIComponent)).join('&')}`);
    const shown = document.getElementById('query');
    if (shown && !link.dataset.format) {
      shown.textContent = `/odata/v1/offices?${options.join('&')}`;
    }
  }
}

function isMunicipality() {
  const name = toPlainLetters(joinWords());
  return places.some((place) => place.code && toPlainLetters(place.name) === name);
}

function buildUrl() {
  const stated = [...new FormData(form)].filter(([, value]) => value !== '');
  if (sort.name !== startSort) {
    stated.push(['sort', sort.name]);
  }

  if (sort.descending) {
    stated.push(['order', 'desc']);
  }

  const language = new URLSearchParams(location.search).get('lang');
  const query = new URLSearchParams(language ? [['lang', language], ...stated] : stated).toString();
  return location.pathname + (query ? `?${query}` : '');
}

/** Points the files of this view at its URL. */
function updateLists() {
  for (const link of document.querySelectorAll('#exports [data-list]')) {
    const target = new URL(buildUrl(), location.href);
    target.searchParams.delete('lang');
    target.searchParams.set('format', link.dataset.list);
    link.setAttribute('href', target.pathname + target.search);
  }
}

function updateUrl(isStep) {
  if (buildUrl() !== location.pathname + location.search) {
    history[isStep ? 'pushState' : 'replaceState'](null, '', buildUrl());
  }

  // The link to the other language keeps the search.
  const other = document.querySelector('.language');
  const kept = new URLSearchParams(new URL(location.href).search);
  kept.delete('lang');
  const target = new URL(other.href);
  const language = target.searchParams.get('lang');
  target.search = new URLSearchParams(language ? [['lang', language], ...kept] : [...kept]).toString();
  other.setAttribute('href', target.pathname + target.search);
}

function readUrl() {
  const stated = new URLSearchParams(location.search);
  for (const name of ['q', 'status', 'county', 'agency', 'near']) {
    field(name).value = stated.get(name) ?? '';
  }

  // Links may contain the code of a municipality.
  field('near').value = places.find((place) => place.code && place.code === field('near').value)?.label ?? field('near').value;
  field('video').checked = stated.get('video') === 'true';
  sort = { name: stated.get('sort') ?? startSort, descending: stated.get('order') === 'desc' };
  userPosition = null;
  updateRows();
}

function locate() {
  const note = document.getElementById('locate-note');
  note.textContent = form.dataset.locating;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      userPosition = { latitude: coords.latitude, longitude: coords.longitude };
      field('near').value = '';
      const isInSweden = coords.latitude > 55 && coords.latitude < 69.5 && coords.longitude > 10 && coords.longitude < 24.5;
      note.textContent = isInSweden ? form.dataset.located : form.dataset.abroad;
      updateRows();
      showFirstResult();
    },
    () => { note.textContent = form.dataset.denied; },
    { timeout: 10_000, maximumAge: 300_000 },
  );
}

/** Scrolls to the first result if it is outside the window or the list. */
function showFirstResult() {
  const first = [...table.querySelectorAll('tbody tr[id]')].find((row) => !row.hidden);
  const list = table.closest('.table-scroll');
  if (list) {
    list.scrollTop = 0;
  }

  if (first && (first.getBoundingClientRect().bottom > innerHeight || first.getBoundingClientRect().top < 0)) {
    document.querySelector('.count').scrollIntoView({ block: 'start' });
  }
}

field('near').addEventListener('change', () => {
  document.getElementById('locate-note').textContent = field('near').value.trim() === '' || findPlace() ? '' : field('near').dataset.unknown;
  if (findPlace() && rows.length > 0) {
    showFirstResult();
  }
});
form.addEventListener('input', (event) => {
  if (event.target === field('near')) {
    userPosition = null;
    document.getElementById('locate-note').textContent = '';
  }

  updateRows();
  updateUrl(event.target !== field('q'));
});
form.addEventListener('submit', (event) => {
  // The server suggests similar names and knows the nearest open office of every municipality.
  const needsAnswer = rows.length > 0 && getWords().length > 0 && !document.querySelector('#answer:not([hidden])')
    && (rows.every((row) => row.hidden) || isMunicipality());
  if (new URL(form.action).pathname === location.pathname && !needsAnswer) {
    event.preventDefault();
    return;
  }

  // Omits empty fields from the URL.
  for (const element of form.elements) {
    element.disabled = element.name !== '' && element.value === '';
  }
});
document.getElementById('reset').addEventListener('click', (event) => {
  event.preventDefault();
  form.reset();
  for (const element of form.elements) {
    if (element.tagName === 'SELECT' || ['search', 'text'].includes(element.type)) {
      element.value = '';
    }

    element.checked = false;
  }

  userPosition = null;
  document.getElementById('locate-note').textContent = '';
  updateRows();
  updateUrl(true);
  field('q').focus();
});
for (const link of document.querySelectorAll('.sort')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const isSame = sort.name === link.dataset.sort && !getOrigin();
    sort = { name: link.dataset.sort, descending: isSame && !sort.descending };
    field('near').value = '';
    userPosition = null;
    updateRows();
    updateUrl(true);
  });
}

addEventListener('popstate', readUrl);
addEventListener('pageshow', () => { for (const element of form.elements) { element.disabled = false; } });
if ('geolocation' in navigator) {
  const button = document.getElementById('locate');
  button.hidden = rows.length === 0;
  button.addEventListener('click', locate);
}

readUrl();

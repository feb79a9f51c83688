const RANKS = ['open', 'temporarilyClosed', 'planned', 'proposed', 'closed', 'withdrawn', 'unknown', ''];
const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * Connects the map to the search, and shows a county of the map if one is chosen.
 * @param rows The rows of the offices by id.
 * @param chooseCounty Called with the county of a chosen link; empty for the whole country.
 */
export function connectMap(figure, rows, chooseCounty) {
  let update = connectMarkers(figure, rows);
  let shown = new URLSearchParams(location.search).get('county') ?? '';
  figure.addEventListener('click', (event) => {
    const link = event.target.closest('[data-county]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      chooseCounty(link.dataset.county);
    }
  });

  /** Gets the map of a county from the server, which places the markers; if that fails, the map stays as it is. */
  async function show(county) {
    shown = county;
    const url = [...figure.querySelectorAll('[data-county]')].find((link) => link.dataset.county === county)?.href;
    const page = url && await load(url);
    if (!page || shown !== county) {
      return;
    }

    for (const part of ['.map-picture', '.zoom .chips', '.zoom-out']) {
      figure.querySelector(part).replaceWith(document.importNode(page.querySelector(`#map ${part}`), true));
    }

    figure.querySelector('#map-card').hidden = true;
    update = connectMarkers(figure, rows);
    update();
  }

  return (county) => {
    update();
    if (county !== shown) {
      show(county);
    }
  };
}

/** Loads a page of this site as a document; null if that fails. */
function load(url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'document';
    request.onload = () => resolve(request.status === 200 ? request.response : null);
    request.onerror = () => resolve(null);
    request.send();
  });
}

/**
 * Connects the markers to the search: it shows the matching offices, is a single tab stop with arrow keys, and shows the selected marker.
 * @param rows The rows of the offices by id; rows that do not match are hidden.
 */
function connectMarkers(figure, rows) {
  const card = figure.querySelector('#map-card');
  const markers = [...figure.querySelectorAll('.place')].map((link) => ({
    link,
    mark: link.querySelector('use'),
    many: link.nextElementSibling?.matches('.many') ? link.nextElementSibling : null,
    offices: link.dataset.offices.split(' ').map((id) => rows.get(id)).filter(Boolean),
  }));
  let selected = null;

  /** Draws each marker according to the matching offices; called when the search changes. */
  function update() {
    for (const marker of markers) {
      const shown = marker.offices.filter((row) => !row.hidden);
      const drawn = shown.length > 0 ? shown : marker.offices;
      const best = drawn.map((row) => row.dataset.status).sort((a, b) => RANKS.indexOf(a) - RANKS.indexOf(b))[0];
      marker.link.classList.toggle('out', shown.length === 0);
      marker.mark.setAttribute('href', `#m-${best || 'unknown'}`);
      if (marker.many) {
        marker.many.textContent = drawn.length > 1 ? drawn.length : '';
      }
    }

    if (selected && selected.link.classList.contains('out')) {
      select(null);
    }

    const inOrder = markers.filter((marker) => !marker.link.classList.contains('out'));
    setTabStop(inOrder.find((marker) => marker.link.tabIndex === 0) ?? inOrder[0] ?? markers[0]);
  }

  function setTabStop(stop) {
    for (const marker of markers) {
      marker.link.setAttribute('tabindex', marker === stop ? '0' : '-1');
    }
  }

  function select(marker) {
    selected?.link.classList.remove('chosen');
    selected?.offices.forEach((row) => row.classList.remove('chosen'));
    selected = marker;
    card.hidden = !marker;
    card.replaceChildren();
    if (!marker) {
      return;
    }

    marker.link.classList.add('chosen');
    for (const row of marker.offices.filter((each) => !each.hidden)) {
      row.classList.add('chosen');
      const line = document.createElement('p');
      line.append(row.querySelector('.col-name a').cloneNode(true), ' ', row.querySelector('.status').cloneNode(true));
      card.append(line);
    }

    const list = marker.offices[0]?.closest('.table-scroll');
    const first = marker.offices.find((row) => !row.hidden);
    if (list && first) {
      scrollToRow(list, first, marker.link);
    }
  }

  /** Scrolls the list so that the row is next to the marker if possible, and the page only if the list is beside the map. */
  function scrollToRow(list, row, link) {
    const box = list.getBoundingClientRect();
    const at = row.getBoundingClientRect();
    const top = Math.max(box.top, 0) + row.closest('table').tHead.offsetHeight;
    const bottom = Math.max(Math.min(box.bottom, innerHeight) - at.height, top);
    list.scrollTop += at.top - Math.min(Math.max(link.getBoundingClientRect().top, top), bottom);
    if (box.right <= figure.getBoundingClientRect().left) {
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  function findNearest(from, [x, y]) {
    const at = (marker) => [Number(marker.mark.getAttribute('x')), Number(marker.mark.getAttribute('y'))];
    const [fromX, fromY] = at(from);
    const cost = (marker) => {
      const [dx, dy] = [at(marker)[0] - fromX, at(marker)[1] - fromY];
      const ahead = dx * x + dy * y;
      return ahead <= 0 ? Infinity : ahead + 2 * Math.abs(dx * y + dy * x);
    };
    return markers.filter((marker) => marker !== from && !marker.link.classList.contains('out') && cost(marker) < Infinity)
      .sort((a, b) => cost(a) - cost(b))[0];
  }

  for (const marker of markers) {
    marker.link.addEventListener('click', (event) => {
      // A second click on the same marker, or a click with a modifier key, follows the link.
      if (marker === selected || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }

      event.preventDefault();
      setTabStop(marker);
      select(marker);
    });
    marker.link.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        select(null);
        return;
      }

      const next = DIRECTIONS[event.key] && findNearest(marker, DIRECTIONS[event.key]);
      if (DIRECTIONS[event.key]) {
        event.preventDefault();
      }

      if (next) {
        setTabStop(next);
        next.link.focus();
      }
    });
  }

  return update;
}

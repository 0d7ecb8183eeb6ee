interface Visited {
  readonly customer: string;
  readonly name: string;
}

/** Kept in memory only: names of customers are not left behind on the device. */
const visited = new Map<string, readonly Visited[]>();

/** The customers looked at last in this shop since the console was opened, newest first. */
export function recentPlaces(shop: string): readonly Visited[] {
  return visited.get(shop) ?? [];
}

export function rememberPlace(shop: string, place: Visited): void {
  const others = recentPlaces(shop).filter((each) => each.customer !== place.customer);
  visited.set(shop, [place, ...others].slice(0, 5));
}

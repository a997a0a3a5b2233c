/** One category that products may have. */
export interface Category {
  readonly title?: string | undefined;
  /** Whether what it holds may be sold where only accessories may. */
  readonly accessory: boolean;
}

/** The categories of an organisation by path. A path that is not in it is unknown, and nowhere allowed. */
export type Taxonomy = ReadonlyMap<string, Category>;

export const CATEGORY_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)*$/;

/**
 * The taxonomy where an organisation states none. What needs approval of its own in each market (radio type approval
 * of phones and tablets, mains power, road use) is no accessory; what is sold beside it is.
 */
const SHIPPED: Readonly<Record<'accessories' | 'others', Readonly<Record<string, string>>>> = {
  others: {
    phones: 'Phones',
    'phones/smartphones': 'Smartphones',
    'phones/feature-phones': 'Feature phones',
    tablets: 'Tablets',
    laptops: 'Laptops',
    tv: 'Televisions',
    'tv/boxes': 'TV boxes',
    'home/appliances': 'Household appliances',
    'home/air-purifiers': 'Air purifiers',
    'home/robot-vacuums': 'Robot vacuums',
    mobility: 'Mobility',
    'mobility/e-scooters': 'E-scooters',
  },
  accessories: {
    'phones/cases': 'Phone cases',
    'phones/screen-protectors': 'Screen protectors',
    'phones/cables': 'Cables',
    'phones/chargers': 'Chargers',
    'tablets/cases': 'Tablet cases',
    wearables: 'Wearables',
    'wearables/fitness-bands': 'Fitness bands',
    'wearables/smartwatches': 'Smartwatches',
    'wearables/straps': 'Straps',
    audio: 'Audio',
    'audio/headphones': 'Headphones',
    'audio/earphones': 'Earphones',
    'audio/speakers': 'Speakers',
    power: 'Power',
    'power/power-banks': 'Power banks',
    'power/batteries': 'Batteries',
    network: 'Network',
    'network/routers': 'Routers',
    'network/repeaters': 'Repeaters',
    'tv/remotes': 'Remote controls',
    home: 'Home',
    'home/lighting': 'Lighting',
    'home/sensors': 'Sensors',
    'home/cameras': 'Cameras',
    luggage: 'Luggage',
    'luggage/backpacks': 'Backpacks',
    lifestyle: 'Lifestyle',
    bundles: 'Bundles',
  },
};

let shipped: Taxonomy | undefined;

/** {@link SHIPPED} by path, parents before children. */
export function shippedTaxonomy(): Taxonomy {
  shipped ??= new Map([...entriesOf('others'), ...entriesOf('accessories')].sort(([a], [b]) => (a < b ? -1 : 1)));
  return shipped;
}

function entriesOf(kind: keyof typeof SHIPPED): readonly (readonly [string, Category])[] {
  const accessory = kind === 'accessories';
  return Object.entries(SHIPPED[kind]).map(([path, title]) => [path, { title, accessory }]);
}

/** Whether a path is this category or lies under it: `phones` holds `phones/cases`, and not `phones-used`. */
export function isUnder(path: string, category: string): boolean {
  return path === category || path.startsWith(`${category}/`);
}

import type { Random } from './random.ts';

export type Department =
  | 'dress'
  | 'trousers'
  | 'top'
  | 'knitwear'
  | 'coat'
  | 'shoes'
  | 'accessory'
  | 'bedding'
  | 'bath'
  | 'table'
  | 'decoration'
  | 'lighting'
  | 'rug';

export interface Article {
  readonly code: string;
  readonly title: string;
  readonly department: Department;
  /** Euro cents, tax included. */
  readonly price: number;
  readonly sizes: readonly string[];
  readonly colours: readonly string[];
}

interface DepartmentFacts {
  readonly fashion: boolean;
  /** How often ordinary people send such an article back. */
  readonly returnShare: number;
  readonly popularity: number;
  readonly sizes: readonly string[];
}

const CLOTHES = ['XS', 'S', 'M', 'L', 'XL'];
const ONE = ['one size'];

export const departments: Readonly<Record<Department, DepartmentFacts>> = {
  dress: { fashion: true, returnShare: 0.37, popularity: 1.3, sizes: CLOTHES },
  trousers: { fashion: true, returnShare: 0.33, popularity: 1.2, sizes: ['26', '28', '30', '32', '34', '36'] },
  top: { fashion: true, returnShare: 0.2, popularity: 1.5, sizes: CLOTHES },
  knitwear: { fashion: true, returnShare: 0.22, popularity: 1.2, sizes: CLOTHES },
  coat: { fashion: true, returnShare: 0.3, popularity: 0.7, sizes: CLOTHES },
  shoes: {
    fashion: true,
    returnShare: 0.27,
    popularity: 0.9,
    sizes: ['36', '37', '38', '39', '40', '41', '42', '43', '44'],
  },
  accessory: { fashion: true, returnShare: 0.08, popularity: 1.2, sizes: ONE },
  bedding: { fashion: false, returnShare: 0.06, popularity: 0.9, sizes: ['140 × 200', '200 × 200', '240 × 220'] },
  bath: { fashion: false, returnShare: 0.03, popularity: 1, sizes: ONE },
  table: { fashion: false, returnShare: 0.04, popularity: 1, sizes: ONE },
  decoration: { fashion: false, returnShare: 0.07, popularity: 1.1, sizes: ONE },
  lighting: { fashion: false, returnShare: 0.09, popularity: 0.6, sizes: ONE },
  rug: { fashion: false, returnShare: 0.14, popularity: 0.4, sizes: ['80 × 150', '140 × 200', '170 × 240'] },
};

/** What the shop sells. Every article is invented. */
export const catalogue: readonly Article[] = [
  ...range('dress', 'LD', [
    ['Vlinder wrap dress', 8995, 'navy,moss,terracotta'],
    ['Iris linen dress', 11995, 'sand,indigo'],
    ['Noor midi dress', 7995, 'black,wine'],
    ['Saffron tea dress', 6995, 'yellow,blue'],
    ['Opal evening dress', 18995, 'midnight,emerald'],
    ['Juniper shirt dress', 9495, 'olive,white'],
    ['Ronde velvet dress', 15995, 'black,plum'],
  ]),
  ...range('trousers', 'LT', [
    ['Dijk straight jeans', 7995, 'indigo,black'],
    ['Polder wide jeans', 8995, 'light blue,ecru'],
    ['Kade chinos', 6495, 'sand,navy,olive'],
    ['Lente linen trousers', 7495, 'white,stone'],
    ['Atelier pleated trousers', 9995, 'grey,black'],
    ['Wandel corduroy trousers', 8495, 'rust,brown'],
  ]),
  ...range('top', 'LP', [
    ['Basis cotton T-shirt', 2495, 'white,black,navy,grey'],
    ['Breton striped top', 3495, 'navy,red'],
    ['Zijde silk blouse', 8995, 'ivory,blush'],
    ['Oxford shirt', 5995, 'white,blue'],
    ['Linde linen shirt', 6495, 'white,sage,sky'],
    ['Poplin blouse', 4995, 'white,mint'],
    ['Modal vest', 1995, 'white,black'],
  ]),
  ...range('knitwear', 'LK', [
    ['Duin merino jumper', 7995, 'grey,navy,camel'],
    ['Wad cable cardigan', 9995, 'cream,forest'],
    ['Heide cashmere jumper', 15995, 'oatmeal,charcoal'],
    ['Ribbed roll-neck', 5995, 'black,ecru,brick'],
    ['Mohair cloud jumper', 10995, 'rose,lilac'],
  ]),
  ...range('coat', 'LC', [
    ['Harbour raincoat', 12995, 'yellow,navy'],
    ['Loden wool coat', 22995, 'camel,black'],
    ['Quilted field jacket', 11995, 'olive,navy'],
    ['Denim jacket', 8995, 'blue,black'],
    ['Down parka', 19995, 'black,rust'],
  ]),
  ...range('shoes', 'LS', [
    ['Gracht leather loafers', 11995, 'black,cognac'],
    ['Strand canvas trainers', 5995, 'white,navy'],
    ['Hoek ankle boots', 14995, 'black,brown'],
    ['Espadrilles', 4495, 'natural,black'],
    ['Court leather trainers', 9995, 'white,green'],
  ]),
  ...range('accessory', 'LA', [
    ['Lambswool scarf', 3995, 'grey,red,green'],
    ['Silk square', 4995, 'blue,coral'],
    ['Leather belt', 3495, 'black,brown'],
    ['Canvas shopper', 2495, 'natural,black'],
    ['Leather shoulder bag', 12995, 'cognac,black'],
    ['Knitted hat', 2495, 'navy,mustard'],
    ['Wool socks, two pairs', 1495, 'grey,blue'],
    ['Straw hat', 2995, 'natural'],
  ]),
  ...range('bedding', 'HB', [
    ['Washed linen duvet cover', 12995, 'white,stone,sage'],
    ['Percale duvet cover', 6995, 'white,sky'],
    ['Flannel duvet cover', 7995, 'grey,red'],
    ['Wool throw', 8995, 'cream,ochre'],
    ['Linen pillowcases, pair', 3995, 'white,stone'],
  ]),
  ...range('bath', 'HW', [
    ['Waffle towels, set of three', 3995, 'white,clay'],
    ['Organic bath sheet', 2995, 'white,navy,moss'],
    ['Bath mat', 2495, 'white,grey'],
    ['Hooded dressing gown', 6995, 'white,blue'],
    ['Olive oil soap, box of four', 1695, 'natural'],
  ]),
  ...range('table', 'HT', [
    ['Stoneware plates, set of four', 5495, 'chalk,slate'],
    ['Espresso cups, set of four', 2995, 'white,speckled'],
    ['Linen tablecloth', 6995, 'white,mustard'],
    ['Glass carafe', 2495, 'clear'],
    ['Oak serving board', 3495, 'oak'],
    ['Napkins, set of six', 2995, 'blue,natural'],
  ]),
  ...range('decoration', 'HD', [
    ['Beeswax candles, set of three', 1895, 'natural,red'],
    ['Ceramic vase', 3995, 'white,blue'],
    ['Velvet cushion', 3495, 'ochre,petrol,rose'],
    ['Wall mirror, round', 8995, 'brass,black'],
    ['Seagrass basket', 2995, 'natural'],
    ['Dried flower wreath', 3295, 'mixed'],
  ]),
  ...range('lighting', 'HL', [
    ['Haven table lamp', 7995, 'brass,white'],
    ['Paper pendant', 4995, 'white'],
    ['Reading floor lamp', 13995, 'black,brass'],
    ['Clip lamp', 2995, 'white,green'],
  ]),
  ...range('rug', 'HR', [
    ['Flatwoven wool rug', 17995, 'grey,indigo'],
    ['Jute rug', 8995, 'natural'],
    ['Striped cotton rug', 5995, 'blue,terracotta'],
  ]),
];

const byTitle = new Map(catalogue.map((article) => [article.title, article]));

/** The article of that title; throws when nothing is called so. */
export function article(title: string): Article {
  const found = byTitle.get(title);
  if (found === undefined) throw new Error(`The sample shop sells no "${title}"`);
  return found;
}

export function isFashion(of: Article): boolean {
  return departments[of.department].fashion;
}

/** "M / navy"; only the colour where there is one size. */
export function variant(of: Article, size: string, colour: string): string {
  return of.sizes.length === 1 ? colour : `${size} / ${colour}`;
}

/** An article somebody picks: fashion with the given share, else for the home. */
export function browse(random: Random, fashionShare: number): Article {
  return random.weighted(random.chance(fashionShare) ? FASHION : HOME);
}

export function browseDepartment(random: Random, wanted: readonly Department[]): Article {
  return random.pick(catalogue.filter((one) => wanted.includes(one.department)));
}

const weigh = (one: Article) => [one, departments[one.department].popularity] as const;
const FASHION = catalogue.filter(isFashion).map(weigh);
const HOME = catalogue.filter((one) => !isFashion(one)).map(weigh);

function range(
  department: Department,
  prefix: string,
  rows: readonly (readonly [string, number, string])[],
): Article[] {
  return rows.map(([title, price, colours], index) => ({
    code: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    title,
    department,
    price,
    sizes: departments[department].sizes,
    colours: colours.split(','),
  }));
}

import { toOklab, type Oklab } from './oklab.ts'

/** Names people use every day, each with the colour it stands for here. */
const names: Readonly<Record<string, string>> = {
  black: '050505',
  charcoal: '2b2b2e',
  'dark grey': '4a4a4c',
  grey: '808080',
  'light grey': 'b9b9bb',
  silver: 'd2d4d7',
  white: 'ffffff',
  cream: 'fbf3d8',
  ivory: 'f5efe0',
  beige: 'ddceac',
  tan: 'c9a677',
  sand: 'd9bd84',
  brown: '7c4a23',
  'dark brown': '44291a',
  chocolate: '5f3214',
  rust: 'a5441a',
  terracotta: 'c8694a',
  red: 'e01b1b',
  'dark red': '8a0f14',
  maroon: '5a1020',
  crimson: 'b3122f',
  coral: 'f9765c',
  salmon: 'f6a38d',
  peach: 'fccba4',
  orange: 'f6861a',
  'dark orange': 'cf5f06',
  amber: 'f8b414',
  gold: 'cfa01f',
  mustard: 'b18a1c',
  yellow: 'fbe11c',
  'pale yellow': 'fbf09b',
  lime: 'a6e01c',
  'yellow green': '98b83a',
  olive: '6f7021',
  'dark olive': '42461d',
  green: '1f9a2e',
  'bright green': '2ee032',
  'dark green': '0e4a1d',
  'forest green': '24682f',
  'light green': '9adf94',
  sage: '9cae88',
  mint: 'aef0cc',
  emerald: '14a06b',
  teal: '0d7f80',
  turquoise: '33cfc0',
  cyan: '17dff0',
  'pale blue': 'cfe4f6',
  'light blue': 'a6c8ee',
  'sky blue': '72bdee',
  azure: '1f8ee8',
  'steel blue': '5580a6',
  'blue grey': '8d9ab0',
  'slate blue': '4d5b72',
  'deep blue': '0c4f8c',
  blue: '1c48dc',
  'dark blue': '13247d',
  navy: '0c1540',
  indigo: '3b1b8f',
  violet: '7d3fe0',
  purple: '7a1f95',
  'dark purple': '40114f',
  lavender: 'c6b6f0',
  mauve: 'ad86a6',
  magenta: 'e21fcf',
  'hot pink': 'fb3f97',
  pink: 'f9a5c2',
  'pale pink': 'fadbe2',
  rose: 'd4627f',
  plum: '7b3159',
}

/** People call two colours the same sooner where one is lighter than where one is redder. */
const hueWeight = 2.2

const table = Object.entries(names).map(([name, hex]) => ({ name, color: fromHex(hex) }))

/** The name of the colour that looks nearest. */
export function nameColor(color: Oklab): string {
  const nearest = table.reduce((best, entry) =>
    namingDistance(entry.color, color) < namingDistance(best.color, color) ? entry : best,
  )
  return nearest.name
}

function namingDistance(one: Oklab, other: Oklab): number {
  return Math.hypot(one.l - other.l, hueWeight * (one.a - other.a), hueWeight * (one.b - other.b))
}

function fromHex(hex: string): Oklab {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return toOklab(red, green, blue)
}

const cardinals = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
]
const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
]

/** The numbers that are named in a text, in digits or by a word up to fifteen; each once. */
export function numbersIn(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+|\d+/gu) ?? []
  const numbers = words.flatMap((word) => {
    if (/^\d{1,4}$/.test(word)) return [String(Number(word))]
    const index = Math.max(cardinals.indexOf(word), ordinals.indexOf(word))
    return index < 0 ? [] : [String(index + 1)]
  })
  return [...new Set(numbers)].filter((number) => number !== '0')
}

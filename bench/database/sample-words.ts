/** Numbers that look like chance and are the same in every run. */
export function createRandom(seed: number): () => number {
  let state = seed
  // Source: mulberry32, by Tommy Ettinger, in the public domain.
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Picks places in a list as words are picked in a language: the second half as often as the first, the third a third. */
export function createZipf(count: number, random: () => number): () => number {
  const sums = new Float64Array(count)
  let sum = 0
  for (let rank = 0; rank < count; rank += 1) sums[rank] = sum += 1 / (rank + 1)
  return () => {
    const wanted = random() * sum
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

const beginnings = 'b bl br c ch cl d dr f fl g gr h j k l m n p pl pr r s sh sl st t tr v w'.split(' ')
const middles = 'a e i o u ai ea oo'.split(' ')
const ends = 'ck d l ll m n nd ng nt r rd rn s sh st t th x'.split(' ')

/** Words that can be read and that there are not, each once. */
export function makeWords(count: number, random: () => number): string[] {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const words = new Set<string>()
  while (words.size < count) {
    const syllables = 1 + Math.floor(random() * 3)
    words.add(Array.from({ length: syllables }, () => pick(beginnings) + pick(middles) + pick(ends)).join(''))
  }
  return [...words]
}

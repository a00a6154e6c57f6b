/** A tag's name as it is shown: what was written, without stray spaces and signs that cannot be seen. */
export function tidyTagName(name: string): string {
  return name
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

/**
 * The one form of a name that decides whether two tags are the same: Unicode NFKC, case-folded, single spaces.
 * Plurals are left alone: "glass" and "glasses" are two things.
 */
export function normalizeTagName(name: string): string {
  // Upper case first, so that letters which only differ in lower case, as ß and ss or ς and σ, become the same.
  const folded = tidyTagName(name).normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
  return tidyTagName(folded.normalize('NFKC'))
}

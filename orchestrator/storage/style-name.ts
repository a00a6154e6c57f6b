import { foldWord } from './search/spelling.ts'

/** A style's name as it is shown: what was written, without stray spaces and signs that cannot be seen. */
export function tidyStyleName(name: string): string {
  return name
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

/**
 * The one form of a name that decides whether two styles are the same: letters and digits in lower case, without accents,
 * with single spaces for whatever stands between them. A name of signs alone stays as it is.
 */
export function normalizeStyleName(name: string): string {
  const tidy = tidyStyleName(name)
  return toWords(tidy).join(' ') || tidy
}

/** The words of a text as they compare. */
export function toWords(text: string): string[] {
  return foldWord(text.normalize('NFKC')).match(/[\p{L}\p{N}]+/gu) ?? []
}

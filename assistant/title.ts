const longestTitle = 60

/** Words by which people ask, and which tell nothing of what for. */
const asking =
  /^(?:(?:please|hi|hello|hey|can you|could you|would you|i want|i would like|i'd like|let's|you to|to)[\s,]+)*(?:(?:draw|paint|make|create|generate|show|give)\s+(?:me\s+)?)?/i

/** A title from the first thing a person said; `fallback` where that was no words. */
export function titleFrom(said: string, fallback = 'New conversation'): string {
  const line = said.replaceAll(/\s+/g, ' ').trim()
  const telling = line.replace(asking, '').trim()
  const chosen = telling === '' ? line : telling
  if (!/[\p{L}\p{N}]/u.test(chosen)) return fallback
  const short = shorten(chosen).replace(/[\s.,;:!?–-]+$/u, '')
  return short.charAt(0).toLocaleUpperCase('en') + short.slice(1)
}

/** A title that a language model wrote; null where it is none. */
export function tidyTitle(written: string): string | null {
  const line = written.trim().split('\n')[0] ?? ''
  const plain = line
    .replaceAll(/[\p{C}"“”*#`<>]/gu, ' ')
    .replace(/^\s*title\s*:/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return /[\p{L}\p{N}]/u.test(plain) && plain.length <= 2 * longestTitle ? shorten(plain) : null
}

/** Cut between words. */
function shorten(text: string): string {
  if (text.length <= longestTitle) return text
  const cut = text.slice(0, longestTitle)
  const end = cut.lastIndexOf(' ')
  return `${(end > longestTitle / 2 ? cut.slice(0, end) : cut).trimEnd()}…`
}

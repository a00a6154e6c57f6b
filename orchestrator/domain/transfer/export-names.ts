const longestSlug = 60

/**
 * Names a picture's files in an archive, without extension: the id, which makes it unlike all others and no reserved
 * name on any system, and the beginning of the prompt, of letters, digits and hyphens only.
 */
export function exportName(id: string, prompt: string): string {
  const slug = prompt
    .slice(0, 4 * longestSlug)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  // Half of a letter that takes two places would be no letter at all.
  const cut = slug
    .slice(0, longestSlug)
    .toWellFormed()
    .replaceAll(/^-|[-\uFFFD]+$/g, '')
  return cut === '' ? id : `${id}-${cut}`
}

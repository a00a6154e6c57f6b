import type { Style } from '../../../contracts/entities/style.ts'

/** What is shown besides categories. */
export type StyleGroup =
  { readonly kind: 'all' | 'own' } | { readonly kind: 'category'; readonly name: string }

/** The styles of a group that have all these words in them. */
export function filterStyles(styles: readonly Style[], group: StyleGroup, search: string): Style[] {
  const words = fold(search).split(/\s+/)
  return styles.filter((style) => {
    if (group.kind === 'own' && style.built_in) return false
    if (group.kind === 'category' && style.category !== group.name) return false
    const text = fold([style.name, style.category, style.description, style.prompt_template].join(' '))
    return words.every((word) => text.includes(word))
  })
}

/** The categories there are, by name. */
export function categoriesOf(styles: readonly Style[]): string[] {
  const names = new Set(styles.map(({ category }) => category).filter((name) => name !== ''))
  return [...names].toSorted((one, other) => one.localeCompare(other))
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

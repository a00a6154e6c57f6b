/** Which pictures a wall shows: all of them, the bin, or one collection. */
export type GalleryScope = 'pictures' | 'bin' | `collection-${number}`

/** Where the wall is; the pictures on it are one step further down. */
export function pathOf(scope: GalleryScope): string {
  if (scope === 'pictures') return '/gallery'
  return scope === 'bin' ? '/gallery/bin' : `/gallery/collections/${collectionOf(scope)}`
}

/** True for the address of a wall, or of what opens over one. */
export function isOfWall(path: string): boolean {
  return path.startsWith('/gallery') && !/^\/gallery\/(?:tags|collections)\/?$/.test(path)
}

/** The collection a wall shows; null for none. */
export function collectionOf(scope: GalleryScope): number | null {
  return scope.startsWith('collection-') ? Number(scope.slice('collection-'.length)) : null
}

/** The wall that an address names. */
export function scopeOf(address: {
  readonly bin?: string | undefined
  readonly collection?: string | undefined
}): GalleryScope {
  if (address.collection !== undefined && address.collection !== '')
    return `collection-${Number(address.collection)}`
  return address.bin === 'bin' ? 'bin' : 'pictures'
}

/** The path of a link to a page of the product; null for everything else, which is not followed. */
export function ownPage(address: string): string | null {
  const isPath = /^\/(?!\/|\\|api\/|login)/.test(address)
  return isPath && URL.canParse(address, 'http://own.invalid') ? address : null
}

import { ProductError } from '../../../contracts/errors.ts'

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Checks the address of a language model: over the network only encrypted, in the clear only on this very machine, and
 * without a name and password in it, which would end up in logs.
 *
 * @returns the address without a slash at its end
 * @throws ProductError `language_url_not_allowed`
 */
export function checkRemoteUrl(address: string): string {
  const url = parse(address)
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))
  if (!safe) throw refused('Over the network, a language model is reached by https alone.')
  if (url.username !== '' || url.password !== '')
    throw refused('An address with a name and password in it would be shown to everyone.')
  if (url.search !== '' || url.hash !== '') throw refused('The address may have no "?" and no "#".')
  return url.href.replace(/\/+$/, '')
}

function parse(address: string): URL {
  const url = URL.parse(address)
  if (url === null) throw refused('This is no address.')
  return url
}

function refused(summary: string): ProductError {
  return new ProductError('language_url_not_allowed', summary)
}

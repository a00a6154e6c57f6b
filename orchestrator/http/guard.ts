import type { FastifyRequest } from 'fastify'
import { ProductError } from '../../contracts/errors.ts'

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Refuses requests that were not meant for this server. A page of another site can make a browser send requests to
 * loopback, and can name any host by rebinding its DNS; the headers checked here are those it cannot forge.
 *
 * @param allowedHosts host names beside loopback, without port
 * @throws ProductError `forbidden_host` or `forbidden_origin`
 */
export function guardRequest(request: FastifyRequest, allowedHosts: readonly string[]): void {
  const host = request.headers.host ?? ''
  const name = host.replace(/:\d+$/, '')
  if (![...loopbackNames, ...allowedHosts].includes(name)) throw new ProductError('forbidden_host')
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`) throw new ProductError('forbidden_origin')
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isPageVisit(request)) {
    throw new ProductError('forbidden_origin')
  }
}

/** Following a link from elsewhere to our page is fine: it shows the page and does nothing. */
function isPageVisit(request: FastifyRequest): boolean {
  return (
    request.method === 'GET' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    !request.url.startsWith('/api/')
  )
}

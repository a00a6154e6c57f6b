import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProductError } from '../../contracts/errors.ts'
import { replyWithError } from './error-reply.ts'

/**
 * Serves the built user interface. Its pages are addresses of its own (`/gallery`), so whatever is not a file and looks
 * like a page gets `index.html`; everything else that is not there is an error. Files under `assets` carry a hash in
 * their names and never change.
 */
export async function registerUserInterface(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(join(folder, 'index.html'))
  if (isBuilt) await serveFiles(app, folder)
  app.setNotFoundHandler((request, reply) => {
    if (!isBuilt || !isPage(request))
      return replyWithError(new ProductError('route_not_found'), request, reply)
    return reply.header('cache-control', 'no-cache').sendFile('index.html', folder)
  })
}

async function serveFiles(app: FastifyInstance, folder: string): Promise<void> {
  const assets = join(folder, 'assets')
  await app.register(fastifyStatic, {
    root: folder,
    setHeaders: (reply, path) => {
      const lasting = path.startsWith(assets)
      void reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

function isPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html')
}

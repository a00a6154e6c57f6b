import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { importIdSchema } from '../../contracts/entities/import.ts'
import { ProductError } from '../../contracts/errors.ts'

/** What of imports and exports goes over streams, and so is no capability. */
export interface Transfers {
  /** Keeps an uploaded file of an import. */
  receive(importId: number, file: { name: string; modifiedAt: number }, content: Readable): Promise<void>
  /** The report of an import, line by line. */
  report(importId: number): Iterable<string>
  /** The archive behind a ticket. */
  openExport(ticket: string): ReadableStream<Uint8Array>
}

const importParameters = z.object({ import: z.coerce.number().pipe(importIdSchema) })
const fileQuery = z.object({
  name: z.string().min(1).max(1000),
  modified_at: z.coerce.number().int().min(0).default(0),
})

/**
 * Publishes uploads for imports, `PUT /api/imports/:import/files?name=&modified_at=` with the file as
 * application/octet-stream, the report of an import as text, and the archives of exports.
 */
export function registerTransfers(app: FastifyInstance, transfers: Transfers): void {
  void app.register((scope, _, done) => {
    // The body goes to the disk as it comes; how much it may be is counted there.
    scope.addContentTypeParser('application/octet-stream', (_request, body, next) => next(null, body))
    scope.put('/api/imports/:import/files', ({ params, query, body }) => {
      const file = fileQuery.safeParse(query)
      const { import: id } = importOf(params)
      if (!file.success) throw new ProductError('invalid_input', 'name: Say what the file is called.')
      if (!(body instanceof Readable)) throw new ProductError('unsupported_media_type')
      const { name, modified_at: modifiedAt } = file.data
      const dated = { name, modifiedAt: modifiedAt === 0 ? Date.now() : modifiedAt }
      return transfers.receive(id, dated, body).then(() => ({}))
    })
    done()
  })

  app.get('/api/imports/:import/report', (request, reply) => {
    const { import: id } = importOf(request.params)
    const lines = transfers.report(id)[Symbol.iterator]()
    // What is wrong with the import is an answer of its own, so the first line comes before the headers.
    const first = lines.next()
    const text = Readable.from(afterFirst(String(first.value), lines))
    return reply
      .header('content-disposition', `attachment; filename="mysticanvas-import-${id}.txt"`)
      .header('cache-control', 'no-store')
      .type('text/plain; charset=utf-8')
      .send(text)
  })

  app.get<{ Params: { ticket: string } }>(
    '/api/exports/:ticket',
    { exposeHeadRoute: false },
    (request, reply) => {
      const archive = transfers.openExport(request.params.ticket)
      const name = `mysticanvas-${new Date().toISOString().slice(0, 10)}.zip`
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .type('application/zip')
        .send(Readable.from(archive, { objectMode: false }))
    },
  )
}

function importOf(parameters: unknown): { import: number } {
  const checked = importParameters.safeParse(parameters)
  if (!checked.success) throw new ProductError('import_not_found')
  return checked.data
}

function* afterFirst(first: string, rest: Iterator<string>): Generator<string> {
  yield first
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value
}

import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { ProductError } from '../../../contracts/errors.ts'
import { authorized, createTestApp } from '../http/support.ts'

const binary = { ...authorized, 'content-type': 'application/octet-stream' }

async function withTransfers() {
  const received: { id: number; name: string; modifiedAt: number; content: Buffer }[] = []
  const { app } = await createTestApp({
    transfers: {
      async receive(id, { name, modifiedAt }, content: Readable) {
        received.push({ id, name, modifiedAt, content: Buffer.concat(await content.toArray()) })
      },
      *report(id) {
        if (id > 5) throw new ProductError('import_not_found')
        yield 'one\n'
        yield 'two\n'
      },
      openExport(ticket) {
        if (ticket !== 'good') throw new ProductError('export_expired')
        return new Response('an archive').body ?? new ReadableStream()
      },
    },
  })
  return { app, received }
}

test('[transfer-http] a file is sent as it is, larger than any JSON body may be', async () => {
  const { app, received } = await withTransfers()
  const content = Buffer.alloc(40 * 1024 * 1024, 7)
  const url = '/api/imports/3/files?name=a%2F%C3%A9.png&modified_at=1700000000000'
  const reply = await app.inject({ method: 'PUT', url, headers: binary, payload: content })
  expect(reply.statusCode).toBe(200)
  expect(received).toMatchObject([{ id: 3, name: 'a/é.png', modifiedAt: 1_700_000_000_000 }])
  expect(received[0]?.content.equals(content)).toBe(true)
})

test('[transfer-http] without sign-in, name, number or type nothing is taken', async () => {
  const { app, received } = await withTransfers()
  const put = async (url: string, headers: Record<string, string>) =>
    (await app.inject({ method: 'PUT', url, headers, payload: 'x' })).json<{ error: { code: string } }>()
      .error.code
  const { authorization: _, ...anonymous } = binary
  expect(await put('/api/imports/3/files?name=a', anonymous)).toBe('unauthorized')
  expect(await put('/api/imports/3/files', binary)).toBe('invalid_input')
  expect(await put('/api/imports/0/files?name=a', binary)).toBe('import_not_found')
  expect(await put('/api/imports/..%2F/files?name=a', binary)).toBe('import_not_found')
  expect(await put('/api/imports/3/files?name=a', { ...binary, 'content-type': 'text/plain' })).toBe(
    'unsupported_media_type',
  )
  expect(await put('/api/imports/3/files?name=a', { ...binary, origin: 'http://evil.example' })).toBe(
    'forbidden_origin',
  )
  expect(received).toEqual([])
})

test('[transfer-http] reports and archives are downloads that nobody keeps; a wrong ticket opens nothing', async () => {
  const { app } = await withTransfers()
  const get = (url: string, headers = authorized) => app.inject({ url, headers })
  const report = await get('/api/imports/3/report')
  expect(report.body).toBe('one\ntwo\n')
  expect(report.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': 'attachment; filename="mysticanvas-import-3.txt"',
    'cache-control': 'no-store',
  })
  expect((await get('/api/imports/6/report')).statusCode).toBe(404)
  const archive = await get('/api/exports/good')
  expect(archive.body).toBe('an archive')
  expect(archive.headers).toMatchObject({ 'content-type': 'application/zip', 'cache-control': 'no-store' })
  expect((await get('/api/exports/bad')).json()).toMatchObject({ error: { code: 'export_expired' } })
  expect((await get('/api/exports/good', { host: authorized.host } as never)).statusCode).toBe(401)
})

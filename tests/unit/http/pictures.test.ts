import { beforeEach, expect, test } from 'vitest'
import { authorized, createTestApp, type TestApp } from './support.ts'

let tested: TestApp

beforeEach(async () => {
  tested = await createTestApp()
})

const fetchPicture = (url: string, headers: Record<string, string> = {}) =>
  tested.app.inject({ url, headers: { ...authorized, ...headers } })

test('[http-pictures] a picture is served with our own type, for good', async () => {
  const reply = await fetchPicture('/api/pictures/1/original')
  expect(reply.body).toBe('not really a picture')
  expect(reply.headers).toMatchObject({
    'content-type': 'image/png',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  })
  expect(reply.headers['cache-control']).toMatch(/max-age=31536000, immutable/)
  expect(reply.headers['content-disposition']).toBeUndefined()
})

test('[http-pictures] part of a picture is served', async () => {
  const part = await fetchPicture('/api/pictures/1/original', { range: 'bytes=4-9' })
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, 'really', 'bytes 4-9/20'])
  const beyond = await fetchPicture('/api/pictures/1/original', { range: 'bytes=100-' })
  expect([beyond.statusCode, beyond.json().error.code]).toEqual([400, 'invalid_input'])
})

test('[http-pictures] a picture that is known already is not sent again', async () => {
  const { etag } = (await fetchPicture('/api/pictures/1/original')).headers
  const again = await fetchPicture('/api/pictures/1/original', { 'if-none-match': String(etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

test('[http-pictures] a picture can be downloaded under a name that says what it is', async () => {
  const reply = await fetchPicture('/api/pictures/1/original?download')
  expect(reply.headers['content-disposition']).toBe('attachment; filename="mysticanvas-1.png"')
})

test.each([
  '/api/pictures/2/original',
  '/api/pictures/3/original',
  '/api/pictures/1/secret',
  '/api/pictures/abc/original',
  '/api/pictures/0/original',
  '/api/uploads/abc',
  `/api/uploads/${'a'.repeat(64)}`,
])('[http-pictures] %s is not there', async (url) => {
  const reply = await fetchPicture(url)
  expect(reply.statusCode).toBe(404)
  expect(reply.json().error.code).toBe('picture_not_found')
  expect(reply.headers['cache-control'] ?? '').not.toContain('immutable')
})

import { expect, test } from 'vitest'
import { errorReplySchema, ProductError } from '../../../contracts/errors.ts'
import { authorized, createTestApp } from './support.ts'

const json = { ...authorized, 'content-type': 'application/json' }

test('[http-headers] every reply has the policy, nosniff and the request id', async () => {
  const { app } = await createTestApp()
  for (const url of [
    '/',
    '/api/generations',
    '/api/pictures/1/original',
    '/no-such-thing',
    '/login',
    '/documentation/static/index.html',
  ]) {
    const { headers } = await app.inject({ url, headers: { ...authorized, 'x-request-id': 'mine' } })
    expect(headers['x-request-id'], url).toBe('mine')
    expect(headers['x-content-type-options'], url).toBe('nosniff')
    expect(headers['content-security-policy'], url).toContain("default-src 'self'")
    expect(headers['content-security-policy'], url).toMatch(/script-src 'self'( 'sha256[^;]*)? ?;/)
  }
})

test('[http-headers] a request id that is none is replaced', async () => {
  const { app } = await createTestApp()
  const reply = await app.inject({
    url: '/api/generations',
    headers: { ...authorized, 'x-request-id': 'no good' },
  })
  expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

test.each([
  ['malformed JSON', '{"prompt":', 'application/json', 400, 'invalid_json'],
  ['NaN', '{"prompt":"a","width":NaN}', 'application/json', 400, 'invalid_json'],
  ['an empty body', '', 'application/json', 400, 'invalid_json'],
  ['a key that would poison', '{"__proto__":{"a":1}}', 'application/json', 400, 'invalid_json'],
  ['text', 'prompt', 'text/plain', 415, 'unsupported_media_type'],
  ['a form', 'prompt=a', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
  [
    'a body of 40 MB',
    JSON.stringify({ prompt: 'x'.repeat(40_000_000) }),
    'application/json',
    413,
    'body_too_large',
  ],
])('[errors-input] %s is refused', async (_, payload, type, status, code) => {
  const { app, calls } = await createTestApp()
  const headers = { ...authorized, 'content-type': type, 'x-request-id': 'mine' }
  const reply = await app.inject({ method: 'POST', url: '/api/generations', headers, payload })
  expect(reply.statusCode).toBe(status)
  expect(errorReplySchema.parse(reply.json()).error).toMatchObject({ code, request_id: 'mine' })
  expect(calls).toEqual([])
})

test.each([
  ['GET', '/no-such-thing'],
  ['GET', '/api/no-such-thing'],
  ['PUT', '/api/generations'],
  ['GET', '/api/generations/%zz'],
  ['GET', `/api/generations/${'1'.repeat(300)}`],
  ['GET', '/api/pictures/../../run/token'],
  ['GET', '/assets/../../run/token'],
  ['GET', '/assets/%2e%2e/%2e%2e/images/1.png'],
])('[contracts-errors] %s %s leads nowhere', async (method, url) => {
  const { app } = await createTestApp()
  const reply = await app.inject({ method: method as 'GET', url, headers: authorized })
  expect(reply.statusCode).toBe(404)
  expect(errorReplySchema.parse(reply.json()).error.code).toBe('route_not_found')
})

test('[contracts-errors] a foreseen failure has the status of its code', async () => {
  const { app } = await createTestApp({
    handle: () => {
      throw new ProductError('queue_full', undefined, { details: { waiting: 9 } })
    },
  })
  const reply = await app.inject({
    method: 'POST',
    url: '/api/generations',
    headers: { ...json, 'x-request-id': 'mine' },
    payload: '{}',
  })
  expect(reply.statusCode).toBe(429)
  expect(reply.json()).toMatchObject({
    error: { code: 'queue_full', details: { waiting: 9 }, request_id: 'mine' },
  })
})

test('[contracts-errors] a bug is told without its text', async () => {
  const { app } = await createTestApp({
    handle: () => {
      throw new Error('psst')
    },
  })
  const reply = await app.inject({ url: '/api/generations', headers: authorized })
  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toContain('psst')
  expect(reply.json().error.code).toBe('internal_error')
})

test('[http-rate] a client that calls without end is slowed down', async () => {
  const { app, calls } = await createTestApp()
  let refused = 0
  for (let call = 0; call < 1210; call += 1) {
    const reply = await app.inject({ url: '/api/generations', headers: authorized })
    if (reply.statusCode !== 429) continue
    refused += 1
    expect(reply.json().error.code).toBe('rate_limited')
  }
  expect(refused).toBe(10)
  expect(calls).toHaveLength(1200)
}, 30_000)

test('the interface answers for its pages, and its files last', async () => {
  const { app } = await createTestApp()
  const page = await app.inject({ url: '/gallery', headers: { host: authorized.host, accept: 'text/html' } })
  expect(page.body).toContain('The interface')
  expect(page.headers['cache-control']).toBe('no-cache')
  const file = await app.inject({ url: '/assets/index-abc.js', headers: { host: authorized.host } })
  expect(file.headers['cache-control']).toContain('immutable')
})

import { beforeEach, expect, test } from 'vitest'
import { authorized, createTestApp, type TestApp } from './support.ts'

let tested: TestApp

beforeEach(async () => {
  tested = await createTestApp({ allowedHosts: ['studio.local'] })
})

const routes = [
  ['GET', '/'],
  ['GET', '/gallery'],
  ['GET', '/assets/index-abc.js'],
  ['GET', '/login?code=abc'],
  ['POST', '/api/sign-in-codes'],
  ['GET', '/api/generations'],
  ['POST', '/api/generations'],
  ['DELETE', '/api/generations/1'],
  ['GET', '/api/events'],
  ['GET', '/api/pictures/1/original'],
  ['GET', '/api/uploads/abc'],
  ['GET', '/openapi.json'],
  ['GET', '/documentation'],
  ['GET', '/documentation/static/index.html'],
  ['GET', '/no-such-thing'],
  ['OPTIONS', '/api/generations'],
] as const

async function codeOf(method: string, url: string, headers: Record<string, string>): Promise<unknown> {
  const reply = await tested.app.inject({
    method: method as 'GET',
    url,
    headers: { ...authorized, ...headers },
  })
  return reply.statusCode < 400 ? reply.statusCode : reply.json().error.code
}

test.each(routes)('[http-guard] %s %s refuses a foreign host', async (method, url) => {
  expect(await codeOf(method, url, { host: 'evil.example:7801' })).toBe('forbidden_host')
  expect(tested.calls).toEqual([])
})

test.each(routes)('[http-guard] %s %s refuses a foreign origin', async (method, url) => {
  expect(await codeOf(method, url, { origin: 'https://evil.example' })).toBe('forbidden_origin')
  expect(await codeOf(method, url, { origin: 'null' })).toBe('forbidden_origin')
  expect(tested.calls).toEqual([])
})

test.each(routes)('[http-guard] %s %s refuses what a page of another site sends', async (method, url) => {
  expect(await codeOf(method, url, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(
    'forbidden_origin',
  )
  expect(await codeOf(method, url, { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' })).toBe(
    'forbidden_origin',
  )
})

test.each(['127.0.0.1', '127.0.0.1:7801', 'localhost:80', '[::1]:7801', '[::1]', 'studio.local:7801'])(
  '[http-guard] the host %s is ours',
  async (host) => {
    expect(await codeOf('GET', '/api/generations', { host })).toBe(200)
  },
)

test.each([
  '127.0.0.1.evil.example',
  '127.0.0.1:x',
  'localhost:80:80',
  '0.0.0.0',
  '127.0.0.2',
  'LOCALHOST.',
  '[::1',
  'evil.example#127.0.0.1',
])('[http-guard] the host %j is not', async (host) => {
  expect(await codeOf('GET', '/api/generations', { host })).toBe('forbidden_host')
})

test('[http-guard] a page of ours may call, and another port of this machine may not', async () => {
  expect(
    await codeOf('GET', '/api/generations', {
      origin: 'http://127.0.0.1:7801',
      'sec-fetch-site': 'same-origin',
    }),
  ).toBe(200)
  expect(await codeOf('GET', '/api/generations', { origin: 'http://127.0.0.1:9999' })).toBe(
    'forbidden_origin',
  )
  expect(await codeOf('GET', '/api/generations', { origin: 'https://127.0.0.1:7801' })).toBe(
    'forbidden_origin',
  )
})

test('[http-guard] a link on another site may lead to a page of ours, but not into the interface for programs', async () => {
  const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', accept: 'text/html' }
  expect(await codeOf('GET', '/gallery', followed)).toBe(200)
  expect(await codeOf('GET', '/api/generations', followed)).toBe('forbidden_origin')
  expect(await codeOf('POST', '/api/generations', followed)).toBe('forbidden_origin')
})

test('[http-guard] there is no way to ask for an exception', async () => {
  const reply = await tested.app.inject({
    method: 'OPTIONS',
    url: '/api/generations',
    headers: { ...authorized, 'access-control-request-method': 'POST' },
  })
  expect(reply.headers['access-control-allow-origin']).toBeUndefined()
})

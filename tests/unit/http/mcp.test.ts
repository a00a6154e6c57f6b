import { expect, test } from 'vitest'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import { authorized, createTestApp, token } from './support.ts'

const routes = [
  ...Object.values(capabilities).map(
    ({ route }) => [route.method, route.path.replaceAll(/:\w+/g, '1')] as const,
  ),
  ['GET', '/api/events'],
  ['GET', '/api/pictures/1/original'],
  ['GET', '/openapi.json'],
  ['POST', '/mcp'],
  ['GET', '/mcp'],
  ['DELETE', '/mcp'],
] as const

const strangers = [
  ['no token', { host: authorized.host }, 401],
  ['a foreign token', { ...authorized, authorization: 'Bearer of-someone-else' }, 401],
  ['the token in another scheme', { ...authorized, authorization: `Basic ${token}` }, 401],
  ['a foreign Host', { ...authorized, host: 'attacker.example' }, 403],
  ['a Host that begins like ours', { ...authorized, host: '127.0.0.1.attacker.example' }, 403],
  ['a foreign Origin', { ...authorized, origin: 'http://attacker.example' }, 403],
  ['another port of this machine as Origin', { ...authorized, origin: 'http://127.0.0.1:9999' }, 403],
] as const

test.each(strangers)('[mcp-doors] with %s every route is closed', async (_, headers, status) => {
  const tested = await createTestApp()
  for (const [method, url] of routes) {
    const reply = await tested.app.inject({ method, url, headers })
    expect(reply.statusCode, `${method} ${url}`).toBe(status)
  }
  expect(tested.calls).toEqual([])
})

test('[mcp-doors] the session of a browser does not open it', async () => {
  const tested = await createTestApp()
  const login = await tested.app.inject({
    url: `/login?code=${tested.signIn.issueCode()}`,
    headers: { host: authorized.host },
  })
  const cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
  const headers = { host: authorized.host, cookie }
  expect((await tested.app.inject({ url: '/openapi.json', headers })).statusCode).toBe(200)
  const reply = await tested.app.inject({ method: 'POST', url: '/mcp', headers, payload: {} })
  expect(reply.statusCode).toBe(401)
  expect(reply.headers['www-authenticate']).toBe('Bearer')
})

test.each([
  ['no JSON', 'application/json', '{', 400, 'invalid_json'],
  ['a form', 'application/x-www-form-urlencoded', 'a=b', 415, 'unsupported_media_type'],
  [
    'far too much',
    'application/json',
    JSON.stringify({ text: 'x'.repeat(1024 * 1024) }),
    413,
    'body_too_large',
  ],
])('[mcp-doors] a body that is %s is refused', async (_, type, payload, status, code) => {
  const tested = await createTestApp()
  const headers = { ...authorized, 'content-type': type }
  const reply = await tested.app.inject({ method: 'POST', url: '/mcp', headers, payload })
  expect(reply.statusCode).toBe(status)
  expect(reply.json<{ error: { code: string } }>().error.code).toBe(code)
})

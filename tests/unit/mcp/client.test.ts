import { CLIENT_INFO_META_KEY, type ServerContext } from '@modelcontextprotocol/server'
import { expect, test } from 'vitest'
import { scopeOf } from '../../../contracts/agent.ts'
import { clientOf, toClientHeader } from '../../../mcp-server/client.ts'

function context(envelope: object | undefined, headers: Record<string, string>): ServerContext {
  const req = new Request('http://127.0.0.1/mcp', { headers })
  return { mcpReq: { envelope }, http: { req } } as unknown as ServerContext
}

const told = (name: unknown) => ({ [CLIENT_INFO_META_KEY]: { name, version: '2' } })

test.each([
  ['what it says in the request', told('one'), { 'user-agent': 'node' }, { name: 'one', version: '2' }],
  [
    'the header of the stdio command',
    undefined,
    { 'x-mysticanvas-client': 'two/1.5' },
    { name: 'two', version: '1.5' },
  ],
  ['the name of its program', undefined, { 'user-agent': 'curl/8.1 (x)' }, { name: 'curl', version: '8.1' }],
  ['nothing', undefined, {}, { name: 'unknown', version: null }],
  ['something that is no name', told(7), {}, { name: 'unknown', version: null }],
  ['a name of signs that cannot be shown', told('\u202E\n'), {}, { name: 'unknown', version: '2' }],
])('[mcp-client-name] a client is known by %s', (_, envelope, headers, client) => {
  expect(clientOf(context(envelope, headers))).toEqual(client)
})

test('[mcp-client-name] what the stdio command passes on comes back', () => {
  const header = toClientHeader({ name: 'Some / Agent\n', version: '1.0' })
  expect(clientOf(context(undefined, { 'x-mysticanvas-client': header }))).toEqual({
    name: 'Some---Agent',
    version: '1.0',
  })
})

test('[mcp-client-name] no agent passes for the person at this machine', () => {
  expect(scopeOf(clientOf(context(told('local'), {})))).not.toBe('local')
})

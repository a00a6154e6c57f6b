import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { completeLockfile } from '../../../packaging/lockfile/complete.mjs'

const binaries = {
  'tool-linux-x64-gnu': '1.2.3',
  'tool-linux-x64-musl': '1.2.3',
  'tool-win32-arm64-msvc': '^1.2.3',
}

const lockfileWanting = (optionalDependencies: Record<string, string>) => ({
  packages: {
    '': {},
    'node_modules/tool': { version: '1.2.3', dev: true, optionalDependencies },
    'node_modules/tool/node_modules/tool-linux-x64-gnu': { version: '1.2.3' },
  } as Record<string, object>,
})

test('adds the binaries that npm could not find, for the systems their names tell', () => {
  const lockfile = lockfileWanting(binaries)
  expect(completeLockfile(lockfile)).toEqual([
    'node_modules/tool-linux-x64-musl',
    'node_modules/tool-win32-arm64-msvc',
  ])
  expect(lockfile.packages['node_modules/tool-linux-x64-musl']).toEqual({
    version: '1.2.3',
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  })
  expect(lockfile.packages['node_modules/tool-win32-arm64-msvc']).toMatchObject({
    version: '1.2.3',
    os: ['win32'],
    cpu: ['arm64'],
  })
  expect(completeLockfile(lockfile)).toEqual([])
})

test('does not guess about an optional package that is for no particular system', () => {
  expect(() => completeLockfile(lockfileWanting({ extras: '1.0.0' }))).toThrow('extras')
})

test.each(['package-lock.json', 'packaging/runtime/package-lock.json'])('%s is complete', (path) => {
  const url = new URL(`../../../${path}`, import.meta.url)
  expect(completeLockfile(JSON.parse(readFileSync(url, 'utf8')))).toEqual([])
})

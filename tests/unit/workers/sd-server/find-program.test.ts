import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findSdServer, type Places } from '../../../../workers/image/engines/sd-server/find-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-'))
afterAll(() => rmSync(folder, { recursive: true }))

const nowhere: Places = { configured: null, environment: {}, enginesFolder: null }

function put(path: string, mode = 0o755): string {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, '')
  chmodSync(full, mode)
  return full
}

describe('[engine-choice] looking for sd-server', () => {
  const configured = put('named/my-own-build')
  const fromEnvironment = put('environment/sd-server')
  const old = put('engines/sd-master-9-bin-Linux/sd-server')
  const newest = put('engines/sd-master-10-bin-Linux/build/bin/sd-server')
  const onPath = put('bin/sd-server')
  const path = ['relative/bin', join(folder, 'gone'), join(folder, 'bin')].join(':')

  it('takes what a person named before what it finds', () => {
    const environment = { SD_SERVER_BIN: fromEnvironment, PATH: path }
    const enginesFolder = join(folder, 'engines')
    const search = (places: Partial<Places>) => findSdServer({ ...nowhere, ...places })
    expect(search({ configured, environment, enginesFolder })).toEqual({
      path: configured,
      place: 'image_worker.sd_server_path',
    })
    expect(search({ environment, enginesFolder })).toEqual({ path: fromEnvironment, place: 'SD_SERVER_BIN' })
    expect(search({ environment: { PATH: path }, enginesFolder }).path).toBe(newest)
    expect(search({ environment: { PATH: path } })).toEqual({ path: onPath, place: 'PATH' })
    expect(search({})).toEqual({ path: null, problem: 'no sd-server was found' })
    expect(old).not.toBe(newest)
  })

  it.each([
    ['a relative path', 'sd-server', /must be an absolute path/],
    ['nothing there', join(folder, 'nothing'), /is no program/],
    ['a folder', folder, /is no program/],
    ['a file that may not be run', put('plain/sd-server', 0o644), /is no program/],
  ])('ends at a named place with %s instead of taking another program', (_, named, problem) => {
    const environment = { PATH: path }
    for (const places of [
      { configured: named, environment },
      { environment: { ...environment, SD_SERVER_BIN: named } },
    ])
      expect(findSdServer({ ...nowhere, ...places })).toEqual({
        path: null,
        problem: expect.stringMatching(problem),
      })
  })

  it('looks not too deep, and takes no folder of the name for a program', () => {
    put('deep/1/2/3/4/sd-server')
    mkdirSync(join(folder, 'folders/sd-server'), { recursive: true })
    expect(findSdServer({ ...nowhere, enginesFolder: join(folder, 'deep') }).path).toBeNull()
    expect(findSdServer({ ...nowhere, enginesFolder: join(folder, 'folders') }).path).toBeNull()
  })
})

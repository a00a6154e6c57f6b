import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dataPaths, defaultDataFolder, prepareDataFolder } from '../../../orchestrator/foundation/paths.ts'

test('the data folder is the one the environment names, or the usual one', () => {
  expect(defaultDataFolder({ MYSTICANVAS_DATA: 'somewhere' })).toBe(resolve('somewhere'))
  expect(defaultDataFolder({ MYSTICANVAS_DATA: '' })).toBe(defaultDataFolder({}))
  expect(defaultDataFolder({})).toContain('MystiCanvas')
})

test('the folders are made, and only this user can look into the one with the token', () => {
  const root = mkdtempSync(join(tmpdir(), 'mysticanvas-paths-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const paths = dataPaths(join(root, 'deep', 'data'))
  prepareDataFolder(paths)
  prepareDataFolder(paths)
  expect(statSync(paths.run).mode & 0o777).toBe(0o700)
  expect(statSync(paths.models).isDirectory()).toBe(true)
})

test('[errors-start] a place where no folder can be made is told', () => {
  const root = mkdtempSync(join(tmpdir(), 'mysticanvas-paths-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  writeFileSync(join(root, 'file'), '')
  for (const place of [join(root, 'file'), join(root, 'file', 'data'), '/proc/mysticanvas']) {
    expect(() => prepareDataFolder(dataPaths(place)), place).toThrow(
      expect.objectContaining({ code: 'data_folder_read_only' }),
    )
  }
})

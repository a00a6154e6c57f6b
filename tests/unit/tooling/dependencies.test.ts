import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'))
const runtime = JSON.parse(read('packaging/runtime/package.json')).optionalDependencies
const wanted: Record<string, string> = {
  ...dependencies,
  ...devDependencies,
  ...optionalDependencies,
  ...runtime,
}
const documented = [...read('docs/dependencies.md').matchAll(/^- `([^`]+)`: ./gm)].map((match) => match[1])

test('[setup-dependencies] docs/dependencies.md says of every dependency what it is for, and of nothing else', () => {
  expect(documented.toSorted()).toEqual(Object.keys(wanted).toSorted())
})

test('every version is exact, so that everyone runs what was tested', () => {
  const loose = Object.entries(wanted).filter(([, version]) => !/^(npm:@?[^@]+@)?\d+\.\d+\.\d+/.test(version))
  expect(loose).toEqual([])
})

test('at most thirty-six packages serve the product at run time', () => {
  // The interface's packages are built into ui/dist and do not run from node_modules.
  const builtIn =
    /^(@nuxt\/ui|@iconify-json\/|@tanstack\/|@vueuse\/|pinia|tailwindcss|vue|vue-router|@ai-sdk\/vue|uplot|marked)/
  expect(Object.keys(dependencies).filter((name) => !builtIn.test(name)).length).toBeLessThanOrEqual(36)
})

test.each(['package-lock.json', 'packaging/runtime/package-lock.json'])('%s names no registry', (path) => {
  const text = read(path)
  expect(text).not.toContain('"resolved"')
  expect(text).not.toMatch(/https?:\/\/registry/)
})

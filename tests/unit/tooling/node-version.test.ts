import { expect, test } from 'vitest'
import { canRunProduct, canSetUp } from '../../../packaging/bootstrap/node-version.mjs'

test.each([
  ['v18.20.4', false, false],
  ['v20.0.0', true, false],
  ['v22.14.0', true, false],
  ['v22.15.0', true, true],
  ['v23.7.0', true, false],
  ['v23.8.0', true, true],
  ['v24.0.0', true, true],
  ['v30.1.0', true, true],
])('Node.js %s: sets up %s, runs the product %s', (version, setUp, run) => {
  expect([canSetUp(version), canRunProduct(version)]).toEqual([setUp, run])
})

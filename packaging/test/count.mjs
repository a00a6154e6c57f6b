/**
 * @typedef {{ status: string }} Assertion
 * @typedef {{ status: string, assertionResults: Assertion[] }} TestFile
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Counts what vitest reports. A file that broke before any of its tests could fail (a wrong import, a
 * failing setup) lists no failed test, yet must not pass for success: it counts as one failure.
 *
 * @param {{ testResults: TestFile[] }} report
 * @returns {Counts}
 */
export function countResults({ testResults }) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of testResults) {
    const failedBefore = counts.failed
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1
      else if (status === 'failed') counts.failed += 1
      else counts.skipped += 1
    }
    if (file.status === 'failed' && counts.failed === failedBefore) counts.failed += 1
  }
  return counts
}

/** @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

// Every section of every report against the contract of sections.
import { expect, it } from 'vitest'
import { everySection } from '../../../src/reports/sections/index.ts'
import { sectionContract } from '../../kit/section-contract.ts'

const sections = everySection()

for (const section of sections) sectionContract(section)

it('sections have ids of their own', () => {
  expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length)
})

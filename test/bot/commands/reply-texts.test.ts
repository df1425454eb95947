// The reviewed texts of replies and Home. `vitest -u` rewrites them; read the difference aloud.
import { describe, expect, it } from 'vitest'
import { asRead } from '../../../src/render/text/as-read.ts'
import { reviewedReplies } from './reviewed-replies.ts'

describe('reviewed texts', () => {
  it.each(Object.entries(reviewedReplies))('%s reads as reviewed', async (name, make) => {
    await expect(asRead(await make())).toMatchFileSnapshot(`../../fixtures/messages/${name}.txt`)
  })
})

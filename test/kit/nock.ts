// Answers to requests made over HTTP, given by nock: only while a test file that wants them runs, since unit tests share a process and
// nock takes the place of every socket in it.
import nock from 'nock'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'

/** To be called once at the top of a test file: no request goes out in its tests, and each answer given is asked for. */
export function answerWithNock(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate()
  })
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const unasked = nock.pendingMocks()
    nock.cleanAll()
    nock.enableNetConnect()
    expect(unasked).toEqual([])
  })
  afterAll(() => nock.restore())
}

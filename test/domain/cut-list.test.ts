import { describe, expect, it } from 'vitest'
import { cutList, cutWords } from '../../src/domain/cut-list.ts'

describe('a list cut to three', () => {
  it.each([
    [[], [], 0],
    [['a', 'b', 'c'], ['a', 'b', 'c'], 0],
    // The fourth alone takes the room of "1 more".
    [['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], 0],
    [['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c'], 2],
    [['a', 'b', 'c', 'd', 'e', 'f'], ['a', 'b', 'c'], 3],
  ])('of %j shows %j and leaves out %i', (items, shown, more) => {
    expect(cutList(items, 3)).toEqual({ shown, more })
  })

  it('says in words how many are left out, never one', () => {
    expect(cutWords(['Ana', 'Ben', 'Kai', 'Lena'], 3)).toEqual(['Ana', 'Ben', 'Kai', 'Lena'])
    expect(cutWords(['Ana', 'Ben', 'Kai', 'Lena', 'Omar'], 3)).toEqual(['Ana', 'Ben', 'Kai', '2 more'])
  })
})

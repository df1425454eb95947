// Keeps a figure and its unit on one line of a narrow screen: "43–65 %" never ends a line without its sign. For blocks alone: the top-level
// text is read aloud and searched, and keeps plain spaces.

const figureAndUnit = /(?<=\d) (?=%|(?:points?|s|up|down)(?![\p{L}\p{N}]))/gu

/** The same text with a no-break space between a figure and its unit, and in "4 of 6 up". */
export const unbroken = (text: string): string => text.replace(figureAndUnit, '\u00a0')

// Drawings are made in pixels; on screens that are read from across the room the page is larger.

/** How many pixels of the screen one of a page of usual size is. */
export const scale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

// Colours for what is painted rather than styled: of the stylesheet, as they are in this theme.

let probe;

/** A custom property of the stylesheet as a colour that a canvas understands. */
export function colour(property) {
  if (!probe) {
    probe = document.createElement('span');
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${property})`;
  return getComputedStyle(probe).color;
}

const isDark = () => document.documentElement.dataset.theme === 'dark';

/** Hues that are far apart for neighbours, of one lightness; the last of many may look alike. */
const HUES = [217, 152, 38, 275, 345, 190, 95, 15, 245, 320, 60, 170];

export const hue = (index, { soft = false } = {}) => {
  const round = Math.floor(index / HUES.length);
  const light = (isDark() ? 60 : 52) + (round % 3) * (isDark() ? -9 : 9);
  return `hsl(${(HUES[index % HUES.length] + round * 11) % 360} ${soft ? 30 : 58}% ${light}%)`;
};

export const palette = (length) => Array.from({ length }, (_, index) => hue(index));

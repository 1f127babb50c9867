/** A picture for a path: stripes whose colours come from the path, so that no two look alike and each run serves the same. */
export function picture(path: string): string {
  const hue = hash(path) % 360;
  const stripes = Array.from({ length: 4 }, (_, i) => {
    const shade = `hsl(${(hue + i * 24) % 360} 55% ${38 + i * 11}%)`;
    return `<rect x="${i * 59}" width="${236 - i * 59}" height="236" fill="${shade}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 236 236" width="236" height="236">${stripes.join('')}</svg>`;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

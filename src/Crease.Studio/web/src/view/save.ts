import type { Gutter } from './overlay';

export interface Picture {
  regions: HTMLCanvasElement;
  overlay: HTMLCanvasElement;
  gutter: Gutter;
}

/** Saves what is seen as a PNG file, on the page's paper. */
export function savePicture({ regions, overlay, gutter }: Picture, name: string): void {
  const sheet = document.createElement('canvas');
  const context = sheet.getContext('2d')!;
  [sheet.width, sheet.height] = [overlay.width, overlay.height];
  const ratio = window.devicePixelRatio || 1;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(regions, gutter.left * ratio, gutter.top * ratio);
  context.drawImage(overlay, 0, 0);
  sheet.toBlob(blob => {
    if (!blob) return;
    keep(blob, `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'partition'}-seen.png`);
  });
}

/** Hands a file to the browser's downloads. */
export function keep(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

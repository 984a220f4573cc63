import { api } from '../api/client';
import type { Partition } from '../api/partition';
import { hex } from '../color/palettes';
import { position, scaleOf } from '../color/scales';
import { paintOf } from '../gl/paint';
import { corners, makeScene } from './scene';

const most = 5_000;

// The whole where it is small, else a part around the center that is: an unfinished cut would leave holes.
async function middle(network: string, signal: AbortSignal): Promise<Partition> {
  const request = { network, slice: { kind: 'default' as const }, color: 'slope' as const, boundary: true, maxRegions: most, layers: null };
  let partition = await api.partition({ ...request, viewport: null }, signal);
  for (let tries = 0; tries < 3 && partition.head.status !== 'complete'; tries++) {
    const { viewport } = partition.head;
    partition = await api.partition({ ...request, viewport: { ...viewport, width: viewport.width / 4, height: viewport.height / 4 } }, signal);
  }
  return partition;
}

/** Draws a network's default slice, filling the canvas, without WebGL: browsers give few of those surfaces. */
export async function drawThumbnail(canvas: HTMLCanvasElement, network: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const partition = await middle(network, signal);
  const scene = makeScene(partition);
  const { viewport, origin } = partition.head;
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = Math.max(canvas.width / viewport.width, canvas.height / viewport.height);
  context.setTransform(scale, 0, 0, -scale, canvas.width / 2 - (viewport.x - origin[0]) * scale, canvas.height / 2 + (viewport.y - origin[1]) * scale);
  const slopes = scaleOf(partition.slope);
  const { palette } = paintOf('slope', { slope: slopes, area: slopes }, 1, 1);
  context.lineWidth = 0.7 / scale;
  context.lineJoin = 'round';
  for (let r = 0; r < partition.head.regions; r++) {
    const places = corners(scene, r);
    context.beginPath();
    for (let k = 0; k < places.length; k += 2) context.lineTo(places[k], places[k + 1]);
    context.closePath();
    context.fillStyle = hex(palette[Math.round((palette.length - 1) * position(slopes, partition.slope[r]))]);
    context.fill();
    context.strokeStyle = '#16181d88';
    context.stroke();
  }
  context.lineCap = 'round';
  for (const [width, color] of [[6, '#ffffff'], [2.6, '#000000']] as const) {
    context.beginPath();
    for (let b = 0; b < partition.boundary.length; b += 4) {
      context.moveTo(partition.boundary[b], partition.boundary[b + 1]);
      context.lineTo(partition.boundary[b + 2], partition.boundary[b + 3]);
    }
    context.lineWidth = width / scale;
    context.strokeStyle = color;
    context.stroke();
  }
}

import { classColor, hex } from '../color/palettes';
import type { DataRow, SliceInfo } from '../api/types';
import { corners } from './scene';
import { ticks } from './ticks';
import { fromX, fromY, toX, toY, type View } from './view';
import type { Hit } from './hit';

export interface Gutter {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Overlay {
  view: View;
  info: SliceInfo;
  axes: [string, string];
  hit: Hit | null;
  pin: [number, number] | null;
  pinHit: Hit | null;
  section: [number, number, number, number] | null;
  rows: DataRow[];
  classes: number;
}

interface Theme {
  ink: string;
  soft: string;
  paper: string;
  accent: string;
  sans: string;
}

export function themeOf(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return { ink: value('--ink'), soft: value('--soft'), paper: value('--paper'), accent: value('--accent'), sans: value('--sans') };
}

/** Axes, outlines, points and the pin, over the regions. */
export function drawOverlay(context: CanvasRenderingContext2D, gutter: Gutter, theme: Theme, shown: Overlay): void {
  const { view } = shown;
  context.save();
  context.translate(gutter.left, gutter.top);
  context.save();
  context.beginPath();
  context.rect(0, 0, view.width, view.height);
  context.clip();
  outline(context, view, shown.info.domain, theme.ink);
  for (const row of shown.rows) dot(context, view, row.values[0], row.values[1], 3.6, row.label === null ? '#999999' : hex(classColor(row.label)), 1);
  if (shown.pinHit) polygon(context, view, shown.pinHit, 3);
  if (shown.hit) polygon(context, view, shown.hit, 2);
  for (const anchor of shown.info.anchors) named(context, view, anchor, shown.classes, theme);
  if (shown.section) line(context, view, shown.section);
  if (shown.pin) probe(context, view, shown.pin, theme);
  context.restore();
  axes(context, view, gutter, theme, shown.axes);
  context.restore();
}

function outline(context: CanvasRenderingContext2D, view: View, domain: [number, number][], color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  // Far outside, canvas coordinates lose their digits: they are held near the plot.
  const near = (value: number, most: number) => Math.max(-most, Math.min(2 * most, value));
  for (const [s, t] of domain) context.lineTo(near(toX(view, s), 4 * view.width), near(toY(view, t), 4 * view.height));
  context.closePath();
  context.stroke();
}

function polygon(context: CanvasRenderingContext2D, view: View, { scene, region }: Hit, width: number): void {
  const { origin } = scene.partition.head;
  const places = corners(scene, region);
  context.beginPath();
  for (let k = 0; k < places.length; k += 2) {
    const x = view.width / 2 + (origin[0] - view.x + places[k]) * view.scale;
    const y = view.height / 2 - (origin[1] - view.y + places[k + 1]) * view.scale;
    context.lineTo(x, y);
  }
  context.closePath();
  context.lineJoin = 'round';
  context.strokeStyle = '#ffffff';
  context.lineWidth = width + 2;
  context.stroke();
  context.strokeStyle = '#0d0f14';
  context.lineWidth = width;
  context.stroke();
}

function dot(context: CanvasRenderingContext2D, view: View, s: number, t: number, radius: number, color: string, rim: number): void {
  context.beginPath();
  context.arc(toX(view, s), toY(view, t), radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.strokeStyle = '#16181d';
  context.lineWidth = rim;
  context.fill();
  context.stroke();
}

function named(context: CanvasRenderingContext2D, view: View, anchor: SliceInfo['anchors'][number], classes: number, theme: Theme): void {
  dot(context, view, anchor.s, anchor.t, 5, '#ffffff', 2);
  const text = anchor.label === null || classes < 2 ? `row ${anchor.row}` : `row ${anchor.row}, class ${anchor.label}`;
  context.font = `600 12px ${theme.sans}`;
  context.textAlign = 'left';
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = '#ffffffdd';
  context.strokeText(text, toX(view, anchor.s) + 10, toY(view, anchor.t) + 4);
  context.fillStyle = '#16181d';
  context.fillText(text, toX(view, anchor.s) + 10, toY(view, anchor.t) + 4);
}

function line(context: CanvasRenderingContext2D, view: View, [x0, y0, x1, y1]: [number, number, number, number]): void {
  context.lineCap = 'round';
  for (const [width, color] of [[5, '#ffffff'], [2, '#a3261b']] as const) {
    context.beginPath();
    context.moveTo(toX(view, x0), toY(view, y0));
    context.lineTo(toX(view, x1), toY(view, y1));
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
  for (const [x, y, color] of [[x0, y0, '#ffffff'], [x1, y1, '#a3261b']] as const) dot(context, view, x, y, 4, color, 1.5);
}

function probe(context: CanvasRenderingContext2D, view: View, [s, t]: [number, number], theme: Theme): void {
  const x = toX(view, s);
  const y = toY(view, t);
  for (const [width, color] of [[6, '#ffffff'], [3, theme.accent]] as const) {
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fillStyle = '#0d0f14';
  context.fill();
}

function axes(context: CanvasRenderingContext2D, view: View, gutter: Gutter, theme: Theme, names: [string, string]): void {
  const { width, height } = view;
  context.strokeStyle = context.fillStyle = theme.soft;
  context.lineWidth = 1;
  context.font = `12px ${theme.sans}`;
  context.beginPath();
  context.moveTo(-0.5, 0);
  context.lineTo(-0.5, height + 0.5);
  context.lineTo(width, height + 0.5);
  context.textAlign = 'center';
  const across = ticks(fromX(view, 0), fromX(view, width), Math.max(2, width / 110));
  for (const { value, label } of across.found) {
    const x = Math.round(toX(view, value)) - 0.5;
    context.moveTo(x, height);
    context.lineTo(x, height + 5);
    context.fillText(label, x, height + 19);
  }
  context.textAlign = 'right';
  const up = ticks(fromY(view, height), fromY(view, 0), Math.max(2, height / 80));
  for (const { value, label } of up.found) {
    const y = Math.round(toY(view, value)) - 0.5;
    context.moveTo(0, y);
    context.lineTo(-5, y);
    context.fillText(label, -9, y + 4);
  }
  context.stroke();
  context.fillStyle = theme.ink;
  context.textAlign = 'center';
  context.font = `13px ${theme.sans}`;
  context.fillText(names[0] + across.note, width / 2, height + 38);
  context.save();
  context.translate(14 - gutter.left, height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(names[1] + up.note, 0, 0);
  context.restore();
}

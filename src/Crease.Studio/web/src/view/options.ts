import type { OptionField, TrainingOptions } from '../api/types';
import { number } from './numbers';

export type Entry = string | boolean;

const step = (value: unknown, key: string): unknown => (value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined);

/** What a field starts with. */
export function entryOf(options: TrainingOptions, field: OptionField): Entry {
  const value = field.path.split('.').reduce<unknown>(step, options);
  if (field.kind === 'flag') return value === true;
  return value === null || value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value);
}

/** Whether a field has a meaning beside the others. */
export function applies(field: OptionField, entries: Record<string, Entry>): boolean {
  return !field.when || field.when.words.includes(String(entries[field.when.path]));
}

/** What is wrong with an entry, in one line, or null. */
export function faultOf(field: OptionField, entry: Entry): string | null {
  if (typeof entry === 'boolean') return null;
  const text = entry.trim();
  if (text === '') return field.empty === null ? `${field.label} is empty; expected ${expected(field)}` : null;
  if (field.kind === 'text' || field.kind === 'word') return null;
  const parts = field.kind === 'wholes' ? text.split(',').map(part => part.trim()) : [text];
  const isWrong = parts.some(part => {
    const value = part === '' ? NaN : Number(part);
    if (!Number.isFinite(value) || (field.kind !== 'number' && !Number.isInteger(value))) return true;
    if (field.low !== null && (field.isLowOpen ? value <= field.low : value < field.low)) return true;
    return field.high !== null && (field.isHighOpen ? value >= field.high : value > field.high);
  });
  return isWrong ? `${field.label} is ${text}; expected ${expected(field)}` : null;
}

/** The options that the entries say; a field without a meaning goes back to its default. */
export function optionsOf(defaults: TrainingOptions, fields: OptionField[], entries: Record<string, Entry>): TrainingOptions {
  const options = structuredClone(defaults);
  for (const field of fields) {
    if (!applies(field, entries)) continue;
    const path = field.path.split('.');
    const place = path.slice(0, -1).reduce<Record<string, unknown>>((at, key) => (at[key] ??= {}) as Record<string, unknown>, options);
    place[path[path.length - 1]] = valueOf(field, entries[field.path]);
  }
  return options;
}

/** Puts the parts of the server's line beside the fields that they speak of; what speaks of none stays. */
export function placed(line: string, fields: OptionField[], entries: Record<string, Entry>): { faults: Record<string, string>; rest: string } {
  const faults: Record<string, string> = {};
  const rest = line.split('; ').reduce<string[]>((all, part) => {
    // "steps is 0; expected 1 to 9" is one fault in two parts.
    if (/^(expected|see) /.test(part) && all.length > 0) all[all.length - 1] += `; ${part}`;
    else all.push(part);
    return all;
  }, []).filter(part => {
    const lower = part.toLowerCase();
    const named = fields.find(field => lower.startsWith(`${field.says} `));
    const quoted = fields.find(field => field.kind === 'text' && entries[field.path] !== '' && part.includes(`'${String(entries[field.path]).trim()}'`));
    const found = named ?? quoted;
    if (found) faults[found.path] = part;
    return !found;
  });
  return { faults, rest: rest.join('; ') };
}

function valueOf(field: OptionField, entry: Entry): unknown {
  if (typeof entry === 'boolean') return entry;
  const text = entry.trim();
  if (text === '') return null;
  if (field.kind === 'wholes') return text.split(',').map(Number);
  return field.kind === 'whole' || field.kind === 'number' ? Number(text) : text;
}

function expected(field: OptionField): string {
  if (field.kind === 'text' || field.kind === 'word') return 'something';
  const what = field.kind === 'number' ? 'a number' : field.kind === 'whole' ? 'a whole number' : 'whole numbers with commas between,';
  const low = field.low === null ? '' : field.isLowOpen ? ` above ${number(field.low)}` : ` of at least ${number(field.low)}`;
  const high = field.high === null || field.high > 1e12 ? '' : `${low ? ' and' : ''}${field.isHighOpen ? ` below ${number(field.high)}` : ` at most ${number(field.high)}`}`;
  return `${what}${low}${high}`;
}

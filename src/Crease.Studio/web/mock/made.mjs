/** Made-up answers. */

const network = (id, name, inputs, outputs, parameters, more = {}) => ({
  id, name, source: id.split(':')[0], inputs, outputs, inputShape: [inputs], outputShape: [outputs], parameters, isPiecewise: true, firstSmooth: null, ...more,
});

export const networks = [
  network('example:moons', 'moons', 2, 2, 354), network('example:circles', 'circles', 2, 2, 354), network('example:spirals', 'spirals', 2, 3, 2307),
  network('example:digits', 'digits', 64, 10, 9_098, { inputShape: [1, 8, 8] }),
  network('upload:cells-200k', 'cells-200k', 2, 2, 1_200_000), network('upload:cells-1000k', 'cells-1000k', 2, 2, 8_000_000),
  network('upload:vit', 'vit', 64, 10, 90_000, { isPiecewise: false, firstSmooth: 'Erf_3' }),
];

export const data = [
  { id: 'example:moons', name: 'moons', samples: 300, shape: [2], classes: 2, classNames: null, isImage: false, low: -2, high: 3 },
  { id: 'example:digits', name: 'digits', samples: 100, shape: [1, 8, 8], classes: 10, classNames: null, isImage: true, low: 0, high: 1 },
];

export function detail(id) {
  const found = networks.find(n => n.id === id) ?? (id.startsWith('run:') ? network(id, id.slice(4), 2, 2, 354) : null);
  if (!found) return null;
  const nodes = [{ index: 0, name: 'x', kind: 'Input', class: 'input', inputs: [], shape: found.inputShape, parameters: 0, flops: 0 }];
  const add = (kind, of, inputs, parameters = 0) => nodes.push({ index: nodes.length, name: `${kind}_${nodes.length}`, kind, class: of, inputs, shape: [16], parameters, flops: 2 * parameters }) - 1;
  let last = 0;
  for (let block = 0; block < 3; block++) {
    const dense = add('Dense', 'affine', [last], 272);
    const relu = add('Relu', 'piecewise', [dense]);
    const second = add('Dense', 'affine', [relu], 272);
    last = block === 0 ? second : add('Add', 'affine', [second, last]);
    last = add(found.isPiecewise || block < 2 ? 'Relu' : 'Gelu', found.isPiecewise || block < 2 ? 'piecewise' : 'smooth', [last]);
  }
  add('Dense', 'affine', [last], 34);
  return { ...found, notes: [], nodes, slice: { kind: 'default' }, data: found.inputs === 64 ? 'example:digits' : 'example:moons' };
}

export function rows(id, from, count) {
  const set = data.find(d => d.id === id);
  const one = index => ({ index, label: index % set.classes, values: set.isImage ? Array(16).fill(0.5) : [Math.cos(index), Math.sin(index * 1.7)] });
  return { rows: Array.from({ length: Math.max(0, Math.min(count, set.samples - from)) }, (_, i) => one(from + i)) };
}

export const thumbnail = row => response =>
  response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#fff" d="M${row % 5} 1h3v6h-3z"/></svg>`);

export const region = ({ at }) => ({
  class: 1, className: null, values: [-1.2 + at[0], 2.31], slopeNorm: 3.2145, depth: 2, code: '9f3a01c27be45d10', activeUnits: [7, 9, 4], units: [16, 16, 16],
  distances: [0.021, 0.0034, 0.0172], boundaryDistance: 0.118, templates: [{ class: 0, image: null, values: [0.3, -1.7] }, { class: 1, image: null, values: [-0.4, 2.1] }],
  input: { image: null, values: at }, area: 0.00132,
});

export function segment({ from, to }) {
  const breakpoints = Array.from({ length: 11 }, (_, i) => (i + 1 + 0.4 * Math.sin(3 * i)) / 12.5);
  const values = [0, ...breakpoints, 1].map(t => [t, Math.sin(6 * t), Math.cos(5 * t) * (1 - t)]);
  return { breakpoints, values, classChanges: [0.31, 0.78], length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
}

const metricsAt = step => {
  const p = Math.log10(step + 1);
  return {
    step, epoch: step / 8, trainLoss: 0.7 * Math.exp(-p), testLoss: 0.7 * Math.exp(-0.6 * p) + 0.02, trainAccuracy: Math.min(1, 0.1 + 0.4 * p), testAccuracy: 0.1 + 0.8 / (1 + Math.exp(-3 * (p - 3.6))),
    rate: 1e-3, gradientNorm: 0.1, weightNorm: 14,
  };
};
const steps = Array.from({ length: 60 }, (_, i) => Math.round(10 ** (i / 12)) - 1).filter((s, i, all) => s !== all[i - 1]);
const all = ['running', 'paused', 'complete', 'failed'].map((state, i) => ({
  id: `run-${i}`, name: `run-${i}`, net: '784-200-200-10', data: 'mnist', steps: 100_000, done: 84_000 - 20_000 * i, state,
  error: state === 'failed' ? 'step 24000: the loss is not finite; expected a smaller learning rate' : null, trainAccuracy: 1 - 0.1 * i, testAccuracy: 0.91 - 0.1 * i, canGoFurther: true,
}));
const field = (path, label, kind, group, isMain, rest = {}) => ({ path, label, kind, group, isMain, help: 'What this option does.', unit: null, low: null, high: null, isLowOpen: false, isHighOpen: false, empty: null, words: null, when: null, says: label.toLowerCase(), ...rest });
const fields = [
  field('data.data', 'Data', 'text', 'Data', true, { words: 'data' }), field('data.labelNoise', 'Label noise', 'number', 'Data', false, { low: 0, high: 1 }),
  field('network.net', 'Network', 'text', 'Network', true, { words: 'nets' }), field('network.batchNormalization', 'Batch normalization', 'flag', 'Network', false),
  field('steps', 'Steps', 'whole', 'Training', true, { unit: 'steps', low: 1 }), field('optimizer.kind', 'Optimizer', 'word', 'Optimizer', true, { words: 'optimizer' }),
  field('optimizer.rate', 'Learning rate', 'number', 'Optimizer', true, { low: 0, isLowOpen: true }),
];
const words = { activation: ['relu', 'leaky'], optimizer: ['sgd', 'adam', 'adamW'], schedule: ['constant', 'cosine'], loss: ['crossEntropy', 'meanSquaredError'], precision: ['bits32', 'bits64'], device: ['cpu', 'cuda'] };
const defaults = {
  data: { data: 'example:digits', samples: null, labelNoise: 0 }, network: { net: '64-32-32-10', activation: null, batchNormalization: false, initialScale: 1 },
  optimizer: { kind: 'adamW', rate: 0.001, weightDecay: 0.01 }, schedule: { kind: 'constant' }, loss: 'crossEntropy', steps: 10000, batch: 128, precision: 'bits32', metrics: 'published', checkpoints: 'log:50', seed: 0, device: 'cpu',
};

export function runs(path, id) {
  if (path === '/runs') return all;
  if (path === '/options') return { defaults, data: ['example:digits'], nets: ['64-32-32-10'], cadences: ['published', 'log:50'], words, fields, canTrain: true };
  const run = all.find(r => r.id === id);
  if (!run) return null;
  if (path.endsWith('/metrics')) return steps.map(metricsAt);
  if (path.endsWith('/checkpoints')) return steps;
  if (path.endsWith('/options')) return { ...defaults, seed: all.indexOf(run), steps: run.steps };
  if (path.endsWith('/dynamics')) {
    const rows = steps.map(step => {
      const p = Math.log10(step + 1);
      const total = { mean: 40 - 12 * Math.exp(-((p - 1.4) ** 2)) + 14 * Math.exp(-((p - 3.2) ** 2)) - 4 * p };
      return { step, train: { accuracy: 1, complexity: { total } }, test: { accuracy: 0.9, complexity: { total: { mean: total.mean * 0.94 } } }, random: { total: { mean: 30 + 2 * p } }, robustness: { samples: 100, accuracy: [0.9, 0.6, 0.2].map(a => a / (1 + Math.exp(-3 * (p - 3.9)))) }, slice: null };
    });
    const marks = [{ step: 30, before: 25, after: 36, name: 'descent ends' }, { step: 1500, before: 1300, after: 1800, name: 'ascent peaks' }, { step: 6000, before: 5000, after: 7200, name: 'regions migrate' }];
    const audit = 'Masking audit: not run, so that nothing says whether accuracy under attack can be believed. To run it: crease attack RUN --data DATA --norm linf --epsilon 0.2 --audit';
    const budgets = [0.06, 0.1, 0.2].map(epsilon => ({ epsilon, norm: 'linf', name: `L∞ ${epsilon}` }));
    return { rows, checkpoints: steps.length, budgets, phases: null, generalization: null, robustness: [null, null, null], marks, zeroGradientShare: 0.02, audit };
  }
  if (path.endsWith('/events'))
    return response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let step = 84_000;
      const timer = setInterval(() => {
        step += 100;
        response.write(`event: progress\ndata: ${JSON.stringify({ step, loss: 0.01 })}\n\n`);
        if (step % 1000 === 0) response.write(`event: metrics\ndata: ${JSON.stringify(metricsAt(step))}\n\n`);
      }, 300);
      response.on('close', () => clearInterval(timer));
    };
  return run;
}
